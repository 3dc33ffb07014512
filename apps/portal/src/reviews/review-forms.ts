import { z } from 'zod';
import { agencyId, id, listOf } from '../cases/case-forms.js';

/** The law a review is held under. Versioned: the 2024 Act's regime takes its place once it is commenced. */
export const REGIMES = {
  '2016-statutory-guidance': 'Domestic Homicide Review, statutory guidance of 2016',
  '2024-act': 'Domestic Abuse Related Death Review, Victims and Prisoners Act 2024 section 19',
} as const;
const regime = z
  .enum(Object.keys(REGIMES) as [keyof typeof REGIMES, ...(keyof typeof REGIMES)[]])
  .default('2016-statutory-guidance');

const ofCase = z.object({
  caseId: id,
  deceasedSubjectIds: listOf(id).refine((list) => list.length > 0, 'Choose who has died'),
  regime,
});
const ofPeople = z.object({
  people: z
    .array(
      z.object({
        subjectId: id,
        role: z.enum(['victim', 'perpetrator', 'child', 'other']),
        deceased: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(50)
    .refine((people) => people.some((person) => person.deceased), 'Say who has died'),
  regime,
});
export const reviewForm = z.union([ofCase, ofPeople]);
export type ReviewForm = z.infer<typeof reviewForm>;

export const OUTCOME_WORDS = {
  review: 'Hold a review',
  'safeguarding-adults-review': 'Safeguarding adults review instead',
  'child-safeguarding-practice-review': 'Child safeguarding practice review instead',
  none: 'No review',
} as const;
export type Outcome = keyof typeof OUTCOME_WORDS;

const day = z.iso.date('Give a whole date');
export const decisionForm = z
  .object({
    outcome: z.enum(Object.keys(OUTCOME_WORDS) as [Outcome, ...Outcome[]], 'Choose what is decided'),
    reason: z
      .string('Write why')
      .trim()
      .min(5, 'Write why, in at least 5 characters')
      .max(4000, 'Write at most 4,000 characters'),
    scopeFrom: day.optional(),
    scopeTo: day.optional(),
    members: listOf(agencyId),
  })
  .refine((form) => !form.scopeFrom || !form.scopeTo || form.scopeFrom <= form.scopeTo, {
    path: ['scopeTo'],
    message: 'The end of the time looked at must not be before its start',
  });
export type DecisionForm = z.infer<typeof decisionForm>;

export const requestsForm = z.object({
  agencies: listOf(agencyId).refine((list) => list.length > 0, 'Choose whom to ask'),
  dueBy: z.union([z.iso.datetime({ offset: true }), day], 'Give the day the answers are due'),
});
export type RequestsForm = z.infer<typeof requestsForm>;
