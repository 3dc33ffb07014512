import { z } from 'zod';
import { personSchema } from './blocks/person-block.js';
import { coded, date, recordRef, text } from './blocks/values.js';

/** Source of the lists: MHCLG, H-CLIC data specification (statutory homelessness case-level collection). */
const H_CLIC = 'H-CLIC, MHCLG';

export const homelessnessSchema = z.strictObject({
  recordRef,
  person: personSchema,
  caseRef: text(64).optional(),
  applicationDate: date.optional(),
  lossReason: coded(
    [
      'domestic-abuse',
      'non-violent-relationship-breakdown',
      'end-of-private-rent',
      'family-no-longer-willing',
      'eviction',
    ],
    H_CLIC,
  ).optional(),
  supportNeeds: z
    .array(
      coded(
        ['domestic-abuse', 'mental-health', 'physical-disability', 'drug-dependency', 'alcohol-dependency', 'none'],
        H_CLIC,
      ),
    )
    .max(40)
    .optional(),
  priorityNeed: coded(
    ['domestic-abuse', 'dependent-children', 'pregnant', 'mental-health', 'physical-disability', 'not-priority'],
    H_CLIC,
  ).optional(),
  duty: coded(['prevention', 'relief', 'main', 'interim', 'none'], 'Housing Act 1996 ss.188–195').optional(),
  dutyStart: date.optional(),
  dutyEnd: date.optional(),
  outcome: coded(
    ['secured-accommodation', 'refused-offer', 'contact-lost', 'withdrawn', 'intentionally-homeless'],
    H_CLIC,
  ).optional(),
  temporaryAccommodation: z
    .strictObject({
      kind: coded(['bed-and-breakfast', 'nightly-paid', 'hostel', 'refuge', 'private-leased', 'council-stock'], H_CLIC),
      area: text(100).optional(),
    })
    .optional()
    .meta({ description: 'Kind and area only, never an address' }),
});
export type HomelessnessRow = z.infer<typeof homelessnessSchema>;
