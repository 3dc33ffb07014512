import { z } from 'zod';
import { personSchema } from './blocks/person-block.js';
import { coded, date, days, money, recordRef, text } from './blocks/values.js';

/** Source: Pre-Action Protocol for Possession Claims by Social Landlords; Housing Act 1985 s.83, Housing Act 1988 s.8. */
const NOTICES = ['none', 'nosp', 'section-8', 'section-21', 'notice-to-quit'];
/** Source: Civil Procedure Rules part 55 (possession claims), orders a court may make. */
const COURT_OUTCOMES = [
  'outright-possession',
  'suspended-possession',
  'postponed-possession',
  'adjourned',
  'money-judgment',
  'struck-out',
  'withdrawn',
];

export const arrearsSchema = z.strictObject({
  recordRef,
  person: personSchema,
  tenancyRef: text(64).optional(),
  balance: money.optional(),
  collectableArrears: money.optional(),
  weeklyRent: money.optional(),
  daysInArrears: days.optional(),
  daysSinceLastPayment: days.optional(),
  noticeServed: z.union([z.boolean(), coded(NOTICES, 'Housing Acts 1985 and 1988')]).optional(),
  noticeServedDate: date.optional(),
  noticeExpiryDate: date.optional(),
  courtDate: date.optional(),
  courtOutcome: coded(COURT_OUTCOMES, 'Civil Procedure Rules part 55').optional(),
  evictionDate: date.optional(),
  universalCredit: z.boolean().optional(),
  agreement: z
    .strictObject({
      start: date.optional(),
      balance: money.optional(),
      amount: money.optional(),
      frequency: coded(['weekly', 'fortnightly', 'four-weekly', 'monthly'], 'rent account practice').optional(),
      state: coded(['live', 'breached', 'completed', 'cancelled'], 'rent account practice').optional(),
    })
    .optional(),
  lastContact: z.strictObject({ date: date.optional(), action: text(300).optional() }).optional(),
});
export type ArrearsRow = z.infer<typeof arrearsSchema>;
