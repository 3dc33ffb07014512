import { z } from 'zod';
import { agencyId, auditProof, instant, personRole, uuid } from './values.js';

/** A pack as it lies in the sealed message to one recipient: what was released, on what basis, and what was not. */

const id = z.string().min(1).max(64);
export const packPurposes = ['marac', 'dhr'] as const;

const itemSchema = z.object({
  id: z.string().min(1).max(200),
  field: z.string(),
  label: z.string(),
  kind: z.enum(['ordinary', 'location', 'contact', 'criminal', 'health']),
  value: z.string(),
  /** Agency and feed it comes from, and how fresh it is. */
  source: z.object({
    agency: agencyId,
    feed: z.string(),
    extractedAt: instant.optional(),
    receivedAt: instant.optional(),
  }),
  outcome: z.enum(['release', 'redact']),
  basis: z.string(),
  rule: z.int().positive(),
});
export type PackItem = z.infer<typeof itemSchema>;

const personSchema = z.object({
  id,
  role: personRole,
  displayName: z.string().optional(),
  items: z.array(itemSchema),
});
export type PackPerson = z.infer<typeof personSchema>;

/**
 * What was not shared, by reason, so that silence is never taken for "nothing known" (rule 4). Named are `no_agreement`, `no_consent`,
 * `threshold_not_met` and `not_on_panel`. Reasons that would tell something themselves (a confidential address, a link to the alleged
 * perpetrator, a conflict), and the everyday ones they must not be told apart from, are one count: `not_shared`.
 */
const withheldSchema = z.object({ reason: z.string(), count: z.int().positive() });

const safeContactSchema = z.object({
  safe: z.boolean().optional(),
  number: z.string().optional(),
  times: z.string().optional(),
  messageOk: z.boolean().optional(),
  notSafeToTalkTo: z.array(z.string()).optional(),
});

const caseSchema = z.object({
  caseId: id,
  number: z.string(),
  safeContact: safeContactSchema.optional(),
  /** The victim's own words stand first in her case. */
  victimsWords: z.array(z.object({ at: instant, through: z.string(), text: z.string() })).optional(),
  criteria: z.record(z.string(), z.union([z.boolean(), z.number()])).optional(),
  people: z.array(personSchema),
  withheld: z.array(withheldSchema),
});
export type PackCase = z.infer<typeof caseSchema>;

const chronologyEventSchema = z.object({
  id,
  start: z.string(),
  startTime: z.string().optional(),
  end: z.string().optional(),
  endTime: z.string().optional(),
  uncertain: z.boolean().optional(),
  agency: agencyId,
  source: z.string(),
  person: z.string().optional(),
  event: z.string(),
  actionTaken: z.string().optional(),
  seen: z.object({ victim: z.boolean().optional(), child: z.boolean().optional() }).optional(),
  outcome: z.enum(['release', 'redact']).optional(),
  basis: z.string().optional(),
  rule: z.int().positive().optional(),
});
export type ChronologyEvent = z.infer<typeof chronologyEventSchema>;

export const packSchema = z
  .object({
    format: z.literal('mash.pack/1'),
    id: uuid,
    purpose: z.enum(packPurposes),
    recipient: agencyId,
    meeting: z.object({ id, number: z.string().optional(), at: instant.optional() }).optional(),
    review: z.object({ id, number: z.string().optional() }).optional(),
    createdAt: instant,
    /** Version of the disclosure policy that decided. */
    policy: z.string(),
    cases: z.array(caseSchema),
    chronology: z.array(chronologyEventSchema).optional(),
    /** The entry `PackSent` of this pack: its bytes as the log holds them, and the proof that they stand in it. */
    audit: auditProof.extend({ entry: z.base64() }).optional(),
    /** The same pack as a document, A4, to read and to take to the meeting. */
    pdf: z.base64().optional(),
  })
  .refine(
    (pack) =>
      (pack.purpose === 'marac') === (pack.meeting !== undefined) &&
      (pack.purpose === 'dhr') === (pack.review !== undefined),
    {
      message: 'a marac pack names its meeting, a dhr pack its review',
    },
  );
export type Pack = z.infer<typeof packSchema>;
