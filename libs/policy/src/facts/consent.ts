import { instant } from '../instants.js';
import type { DecisionRequest, EchoId, WithoutConsentDecision } from '../request.js';
import type { ConsentFacts } from './people.js';
import { isWritten } from './written.js';

interface Given {
  readonly at: number;
  readonly categories: readonly string[];
}

interface History {
  /** The latest withdrawal for this purpose at or before the moment; minus infinity when there is none. */
  withdrawnAt: number;
  /** What was given, at or before the moment, to this recipient for this purpose. */
  readonly given: Given[];
}

const NO_HISTORY: Readonly<History> = { withdrawnAt: -Infinity, given: [] };

/**
 * Reads the consents of a request once, and answers for any of its people what they consent to now.
 *
 * A consent is active when it was given, at or before the moment, for this purpose, recipient and category, and no
 * withdrawal for this purpose (whatever its other scope) is as late as it or later. A decision to share without consent
 * counts when it is at or before the moment, later than every such withdrawal, and complete.
 */
export function readConsents(request: DecisionRequest<EchoId>, at: number): (person: string) => ConsentFacts {
  const histories = gatherHistories(request, at);
  const decision = request.case.withoutConsent;
  const decidedAt = decision && isComplete(decision) ? instant(decision.at) : undefined;
  return (person) => {
    const history = histories.get(person) ?? NO_HISTORY;
    const active = history.given.filter((given) => given.at > history.withdrawnAt);
    return {
      consentedTo: new Set(active.flatMap((given) => given.categories)),
      sharedWithoutConsent: decidedAt !== undefined && decidedAt <= at && decidedAt > history.withdrawnAt,
    };
  };
}

function gatherHistories(request: DecisionRequest<EchoId>, at: number): Map<string, History> {
  const histories = new Map<string, History>();
  for (const entry of request.consents) {
    if (!entry.purposes.includes(request.purpose)) continue;
    const entryAt = instant(entry.at);
    if (entryAt > at) continue;
    let history = histories.get(entry.person);
    if (!history) histories.set(entry.person, (history = { withdrawnAt: -Infinity, given: [] }));
    // Whatever is not plainly "given" counts as taken back.
    if (entry.status !== 'given') history.withdrawnAt = Math.max(history.withdrawnAt, entryAt);
    else if (entry.recipients.includes(request.recipient.agency)) {
      history.given.push({ at: entryAt, categories: entry.categories });
    }
  }
  return histories;
}

function isComplete(decision: WithoutConsentDecision): boolean {
  return (
    isWritten(decision.necessity) &&
    isWritten(decision.proportionality) &&
    isWritten(decision.authorisedBy) &&
    isWritten(decision.victimTold)
  );
}
