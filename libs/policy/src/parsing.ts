import { z } from 'zod';
import { readInstant } from './instants.js';
import { ITEM_KINDS, type DecisionRequest, type EchoId } from './request.js';

const name = z.string();
const names = z.array(name);
const id = z.union([name, z.number()]);
const instant = z.string().refine((text) => readInstant(text) !== undefined, 'is not an ISO 8601 instant');
const written = z.string().nullish();

const recipient = z.object({
  agency: name,
  kind: z.string().nullish(),
  authority: z.boolean(),
  panel: names,
  safeguardingPartner: z.boolean(),
  conflicts: names,
  actsFor: names,
});

const person = z.object({ id: name, role: name, deceased: z.boolean(), adultAtRisk: z.boolean() });

const criterion = z.boolean().nullish();

const theCase = z.object({
  id: name,
  people: z.array(person),
  criteria: z.object({
    visibleHighRisk: criterion,
    professionalJudgement: criterion,
    potentialEscalation: criterion,
    repeat: criterion,
  }),
  review: z.object({ id: name, open: z.boolean() }).nullish(),
  withoutConsent: z
    .object({ at: instant, necessity: written, proportionality: written, authorisedBy: written, victimTold: written })
    .nullish(),
  justification: z.object({ necessity: written, proportionality: written }).nullish(),
  caldicott: z.boolean(),
  breakGlass: z.object({ by: written, reason: written, from: instant, to: instant.nullable() }).nullish(),
  safetyDelay: z.boolean(),
  requester: name.nullish(),
});

const agreement = z.object({
  source: name,
  recipient: name,
  purposes: names,
  categories: names,
  from: instant,
  to: instant.nullable(),
});

const consent = z.object({
  person: name,
  at: instant,
  status: z.enum(['given', 'withdrawn']),
  purposes: names,
  recipients: names,
  categories: names,
});

const item = z.object({
  id,
  source: name,
  category: name,
  person: name,
  field: name,
  kind: z.enum(ITEM_KINDS),
  confidential: z.boolean(),
  thirdParties: names,
});

/**
 * A request as it comes from outside. Strict about what decides: a key that could widen a release by being absent must be
 * there and of its type. Keys it does not know are ignored; a record that can only permit (review, decision to share
 * without consent, justification, break-glass, requester, a criterion) may be null or absent.
 */
export const requestSchema = z.object({
  id,
  at: instant,
  purpose: name,
  recipient,
  case: theCase,
  agreements: z.array(agreement),
  consents: z.array(consent),
  items: z.array(item),
});

export type Parsed =
  | { readonly ok: true; readonly value: DecisionRequest<EchoId> }
  | { readonly ok: false; readonly error: { readonly code: 'request_invalid'; readonly message: string } };

/**
 * Reads a request from parsed JSON.
 * Out: the request, or where it is wrong: the path and what was expected there, never the value found.
 */
export function parseRequest(json: unknown): Parsed {
  const result = requestSchema.safeParse(json);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const path = issue?.path.join('.') || 'request';
  return { ok: false, error: { code: 'request_invalid', message: `${path}: ${issue?.message ?? 'is invalid'}` } };
}
