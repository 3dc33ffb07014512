import { z } from 'zod';
import { consentSchema, safeContactSchema } from './blocks/contact-and-consent.js';
import { aliasesSchema, personSchema } from './blocks/person-block.js';
import { coded, date, recordRef, text } from './blocks/values.js';

export const SERVICE_ROLES = ['victim', 'perpetrator', 'child'] as const;
export const RELATED_ROLES = ['victim', 'perpetrator', 'child', 'other'] as const;

/** SafeLives DASH risk identification checklist: 24 questions; 14 or more is visible high risk. */
export const dashScore = z.int().min(0).max(24);

/** Women's Aid. Strict like all feeds, which is also what keeps raw case notes out: there is no field for them. */
export const dvServiceSchema = z.strictObject({
  recordRef,
  clientRef: text(64).optional(),
  role: z.enum(SERVICE_ROLES),
  person: personSchema,
  aliases: aliasesSchema.optional(),
  language: text(100).optional(),
  safeContact: safeContactSchema.optional(),
  area: text(100).optional().meta({ description: 'District or town only; never an address while in refuge' }),
  relatedPeople: z
    .array(
      z.strictObject({
        role: z.enum(RELATED_ROLES),
        relationship: text(100).optional(),
        person: personSchema,
        location: text(300).optional(),
      }),
    )
    .max(40)
    .optional(),
  children: z
    .array(z.strictObject({ person: personSchema, livesWith: text(200).optional() }))
    .max(40)
    .optional(),
  pregnant: z.boolean().optional(),
  dashScore: dashScore.optional(),
  consent: consentSchema.optional(),
  serviceType: coded(
    ['refuge', 'outreach', 'idva', 'isva', 'helpline', 'perpetrator-programme', 'children-service'],
    "Women's Aid, On Track",
  ).optional(),
  opened: date.optional(),
  closed: date.optional(),
  orders: z
    .array(
      z.union([
        text(300),
        z.strictObject({
          type: coded(
            ['non-molestation', 'occupation', 'restraining', 'dapo', 'dvpo', 'prohibited-steps'],
            'Family Law Act 1996 part IV; Domestic Abuse Act 2021 part 3',
          ),
          from: date.optional(),
          to: date.optional(),
          details: text(1000, { lines: true }).optional(),
        }),
      ]),
    )
    .max(40)
    .optional(),
});
export type DvServiceRow = z.infer<typeof dvServiceSchema>;
