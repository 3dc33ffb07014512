import { AGENCIES, FEEDS } from '#contracts';
import { z } from 'zod';
import { CONSENT_PURPOSES } from '../consent/consent.js';

/** What the pages' forms and the JSON API take. A form sends one ticked box as text, several as a list, none not at all. */
export const listOf = <T extends z.ZodType>(entry: T) =>
  z.preprocess(
    (given) => (given === undefined || given === '' ? [] : Array.isArray(given) ? given : [given]),
    z.array(entry).max(200),
  );

export const id = z.guid('is not an id').toLowerCase();
export const agencyId = z.enum(
  AGENCIES.map((agency) => agency.id) as [string, ...string[]],
  'is not an agency of the partnership',
);
const written = (what: string) =>
  z.string(`Write ${what}`).trim().min(1, `Write ${what}`).max(4000, 'Write at most 4,000 characters');

export const consentForm = z
  .object({
    subjectId: id,
    status: z.enum(['given', 'withdrawn'], 'Say whether consent was given or withdrawn'),
    at: z.iso.datetime({ offset: true }).optional(),
    purposes: listOf(z.enum(CONSENT_PURPOSES)),
    recipients: listOf(agencyId),
    categories: listOf(z.enum(FEEDS)),
  })
  .superRefine((form, check) => {
    if (form.status !== 'given') return;
    // An absent list covers nothing: such a consent would look given and release nothing.
    for (const [key, what] of [
      ['purposes', 'what it is for'],
      ['recipients', 'who may have it'],
      ['categories', 'what it covers'],
    ] as const)
      if (form[key].length === 0) check.addIssue({ code: 'custom', path: [key], message: `Choose ${what}` });
  });
export type ConsentForm = z.infer<typeof consentForm>;

export const withoutConsentForm = z.object({
  necessity: written('why sharing is necessary'),
  proportionality: written('why it is proportionate'),
  authorisedBy: written('who authorised it'),
  victimTold: z
    .string('Say whether the victim was told')
    .trim()
    .max(4000)
    .regex(/^(yes|no: .{1,3990})$/s, 'Say whether the victim was told, and if not, why not'),
});
export type WithoutConsentForm = z.infer<typeof withoutConsentForm>;

export const justificationForm = withoutConsentForm.pick({ necessity: true, proportionality: true });
export type JustificationForm = z.infer<typeof justificationForm>;

export const caldicottForm = z.object({ signedOff: z.literal(true) });

export const CONFLICT_KINDS = ['conflict', 'acts-for'] as const;
export const conflictForm = z.object({
  subjectId: id,
  agency: agencyId,
  kind: z.enum(CONFLICT_KINDS, 'Say what kind of conflict it is'),
});
export type ConflictForm = z.infer<typeof conflictForm>;
