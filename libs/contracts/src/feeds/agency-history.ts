import { z } from 'zod';
import { personSchema } from './blocks/person-block.js';
import { account, date, recordRef, text, timeOfDay } from './blocks/values.js';

export const KNOWN = ['yes', 'no'] as const;

const eventSchema = z.strictObject({
  ref: text(64),
  start: date,
  startTime: timeOfDay.optional(),
  end: date.optional(),
  endTime: timeOfDay.optional(),
  uncertain: z.boolean().optional(),
  source: text(300),
  person: text(200).optional().meta({ description: 'Whom it concerns, in words' }),
  event: account,
  actionTaken: account.optional(),
  seen: z.strictObject({ victim: z.boolean().optional(), child: z.boolean().optional() }).optional(),
  comment: account.optional(),
  missedOpportunity: z.union([z.boolean(), account]).optional(),
});
export type HistoryEvent = z.infer<typeof eventSchema>;

/** One agency's answer about one person, to a review's request. "Nothing known" (`known: no`) needs no person and has no events. */
export const agencyHistorySchema = z
  .strictObject({
    recordRef,
    requestRef: text(64),
    known: z.enum(KNOWN),
    person: personSchema.optional(),
    events: z.array(eventSchema).max(2000).optional(),
    recordsSecured: z.union([z.boolean(), date]).optional(),
    imrNeeded: z.boolean().optional(),
    lastContact: date.optional(),
  })
  .superRefine((row, check) => {
    if (row.known === 'yes' && row.person === undefined) {
      const message = 'Person is missing: it is needed when the person is known';
      check.addIssue({ code: 'custom', path: ['person'], message, params: { code: 'required' } });
    }
    if (row.known === 'no' && (row.events?.length ?? 0) > 0) {
      const message = 'Events are given although the answer is that nothing is known';
      check.addIssue({ code: 'custom', path: ['events'], message, params: { code: 'conflicting_fields' } });
    }
  });
export type AgencyHistoryRow = z.infer<typeof agencyHistorySchema>;
