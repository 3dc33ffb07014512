import { z } from 'zod';
import { consentSchema, type FeedConsent, safeContactSchema } from './blocks/contact-and-consent.js';
import { personSchema } from './blocks/person-block.js';
import { account, date, email, moment, phone, recordRef, text } from './blocks/values.js';
import { dashScore } from './dv-service.js';

const referrerSchema = z.strictObject({
  name: text(200).optional(),
  agency: text(200).optional(),
  role: text(200).optional(),
  telephone: phone.optional(),
  email: email.optional(),
});

/** Fields and criteria: SafeLives, MARAC referral form. On the wire the victim may also be called `person`. */
export const maracReferralSchema = z.strictObject({
  recordRef,
  referrer: z.union([text(300), referrerSchema]).optional(),
  referredAt: moment.optional(),
  victim: personSchema,
  safeContact: safeContactSchema.optional(),
  perpetrators: z
    .array(z.strictObject({ person: personSchema, relationship: text(100).optional() }))
    .max(20)
    .optional(),
  children: z
    .array(
      z.strictObject({
        person: personSchema,
        relationshipToVictim: text(100).optional(),
        relationshipToPerpetrator: text(100).optional(),
        school: text(200).optional(),
      }),
    )
    .max(40)
    .optional(),
  criteria: z
    .strictObject({
      dashScore: dashScore.optional(),
      visibleHighRisk: z.boolean().optional(),
      professionalJudgement: z.boolean().optional(),
      potentialEscalation: z.boolean().optional(),
      repeat: z.boolean().optional(),
    })
    .optional(),
  victimAware: z.boolean().optional(),
  consent: z
    .union([z.boolean(), consentSchema])
    .transform((consent): FeedConsent => {
      if (typeof consent !== 'boolean') return consent;
      return { status: consent ? 'given' : 'refused' };
    })
    .optional(),
  reason: account.optional(),
  afraidOf: z.union([account, z.array(text(300)).max(20)]).optional(),
  previousMarac: z
    .union([z.boolean(), text(500), z.strictObject({ date: date.optional(), area: text(200).optional() })])
    .optional(),
});
export type MaracReferralRow = z.infer<typeof maracReferralSchema>;
