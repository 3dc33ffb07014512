import { z } from 'zod';
import { REVOKE_REASONS } from './registering/key-revoking.js';

/** What the form of a new key takes: the armoured key, and for a rotation which key it takes over from and for how long both count. */
export const newKeyForm = z
  .object({
    publicKey: z
      .string('Paste the public key')
      .trim()
      .min(1, 'Paste the public key')
      .max(200_000, 'This is no public key'),
    replaces: z.preprocess((given) => given || null, z.string().max(64).nullable()),
    overlapDays: z.preprocess(
      (given) => (given === '' ? undefined : given),
      z.coerce
        .number('Give the days as a number')
        .int('Give whole days')
        .min(0, 'Give 0 or more days')
        .max(90, 'Both keys count for at most 90 days')
        .optional(),
    ),
  })
  .refine(({ replaces, overlapDays }) => replaces === null || overlapDays !== undefined, {
    path: ['overlapDays'],
    message: 'Say for how many days both keys count',
  });

/** 40 hexadecimal characters of a version 4 key, 64 of a version 6 key; blanks and small letters as they come. A slip of form is no try. */
export const fingerprintForm = z.object({
  fingerprint: z
    .string('Enter the fingerprint')
    .transform((text) => text.replace(/[\s.:-]/g, '').toUpperCase())
    .pipe(
      z
        .string()
        .regex(
          /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/,
          'A fingerprint has 40 characters, 0 to 9 and A to F, in ten groups of four',
        ),
    ),
});

export const revokeForm = z.object({ reason: z.enum(REVOKE_REASONS, 'Say why the key stops counting') });
