import { z } from 'zod';
import type { InternalTopic } from '../topics.js';
import { agencyId, feedName } from '../wire/values.js';

/** What services tell each other: ids only, never person data (rule 9). Unknown keys are refused, so none slips in. */

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
const ids = z.array(id).min(1).max(100_000);

/** Rows of a batch became records. `histories`: for the feed agency-history, which request each record answers. */
export const recordsAccepted = z.strictObject({
  batchId: id,
  agency: agencyId,
  feed: feedName,
  recordIds: z.array(id),
  histories: z.array(z.strictObject({ recordId: id, requestRef: id })).optional(),
});
/** The people one record names became subjects. */
export const subjectsChanged = z.strictObject({
  recordId: id,
  agency: agencyId,
  feed: feedName,
  subjects: z
    .array(z.strictObject({ id, part: z.string().max(60), role: z.enum(['victim', 'perpetrator', 'child', 'other']) }))
    .min(1)
    .max(200),
});
/** Matches were proposed, or their weight or state changed. */
export const matchesChanged = z.strictObject({ matchIds: ids });
/** A person decided on a match. */
export const decisionsTaken = z.strictObject({
  matchId: id,
  outcome: z.enum(['linked', 'rejected', 'parked', 'undone']),
  decisionId: id,
});
/** Consent was given or withdrawn. */
export const consentsChanged = z.strictObject({ subjectId: id, consentId: id });
/** Somebody asked for packs to be sent, or for histories to be asked for. Disclosure makes the packs and decides what is in them. */
export const packsRequested = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('marac'), meetingId: id, requestedBy: id }),
  z.strictObject({ kind: z.literal('dhr'), reviewId: id, requestedBy: id }),
  z.strictObject({ kind: z.literal('history-request'), requestIds: ids, requestedBy: id }),
]);

export const eventSchemas = {
  'records.accepted': recordsAccepted,
  'subjects.changed': subjectsChanged,
  'matches.changed': matchesChanged,
  'decisions.taken': decisionsTaken,
  'consents.changed': consentsChanged,
  'packs.requested': packsRequested,
} as const satisfies Record<InternalTopic, z.ZodType>;

export type Events = { [T in InternalTopic]: z.infer<(typeof eventSchemas)[T]> };
