import { instant } from '../instants.js';
import type { Policy } from '../policy.js';
import type { DecisionRequest, EchoId } from '../request.js';
import { gatherAgreements } from './agreements.js';
import { readConsents } from './consent.js';
import { criterionHolds, isGlassBroken, isJustified, isOnOpenPanel, isPartnerForChild } from './grounds.js';
import { gatherPeople, type Subject } from './people.js';

/** What holds for every item of a request, worked out once: the rows then only look things up. */
export interface Facts {
  readonly purpose: string;
  readonly people: ReadonlyMap<string, Subject>;
  readonly hasConflict: boolean;
  readonly actsForPerpetrator: boolean;
  readonly isAuthority: boolean;
  readonly caldicottSignedOff: boolean;
  /** source agency → categories that agreements in force cover for this recipient and purpose. */
  readonly agreed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly criterionHolds: boolean;
  readonly isJustified: boolean;
  readonly isOnOpenPanel: boolean;
  readonly isPartnerForChild: boolean;
  readonly isGlassBroken: boolean;
  readonly requester: string | null;
  readonly safetyDelay: boolean;
}

/**
 * Gathers the facts of a request.
 * Errors: `invalid_instant` when a time that matters is none, so that an unreadable withdrawal can never be passed over.
 */
export function gatherFacts(policy: Policy, request: DecisionRequest<EchoId>): Facts {
  const at = instant(request.at);
  const { case: theCase, recipient } = request;
  const people = gatherPeople(policy, request, readConsents(request, at));
  return {
    purpose: request.purpose,
    people,
    hasConflict: recipient.conflicts.some((person) => people.has(person)),
    actsForPerpetrator: theCase.people.some(({ id, role }) => role === 'perpetrator' && recipient.actsFor.includes(id)),
    isAuthority: recipient.authority === true,
    caldicottSignedOff: theCase.caldicott === true,
    agreed: gatherAgreements(request, at),
    criterionHolds: criterionHolds(theCase),
    isJustified: isJustified(theCase),
    isOnOpenPanel: isOnOpenPanel(request),
    isPartnerForChild: isPartnerForChild(request),
    isGlassBroken: isGlassBroken(theCase, at),
    requester: theCase.requester ?? null,
    safetyDelay: theCase.safetyDelay !== false,
  };
}
