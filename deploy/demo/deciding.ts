import type { SignedIn } from './browser.js';
import type { HubDatabase } from './hub-database.js';
import type { Progress } from './progress.js';
import type { ExportedPair, Truth } from './truth.js';
import { until } from './waiting.js';

export interface Reviewers {
  analyst: SignedIn;
  second: SignedIn;
}

export interface DecisionsOutcome {
  confirmed: number;
  rejected: number;
}

/**
 * Sample decisions on everything proposed about some people, by people who happen to know the truth. Pairs of subjects first, as in the
 * queue. A perpetrator's link waits for the second reviewer.
 */
export async function decide(
  reviewers: Reviewers,
  pairs: ExportedPair[],
  truth: Truth,
  database: HubDatabase,
  progress: Progress,
): Promise<DecisionsOutcome> {
  const outcome: DecisionsOutcome = { confirmed: 0, rejected: 0 };
  const isSubjectPair = ({ feed }: ExportedPair) => feed === 'dv-service' || feed === 'marac-referral';
  const ordered = [...pairs.filter(isSubjectPair), ...pairs.filter((pair) => !isSubjectPair(pair))];
  for (const [index, pair] of ordered.entries()) {
    const same = truth.isTrue(pair);
    const body = same
      ? { outcome: 'confirm', reason: 'Name, birth date and address agree on both records.' }
      : { outcome: 'reject', reason: 'Another person: the first name and birth date differ.' };
    const { state } = await reviewers.analyst.post<{ state: string }>(`/api/matches/${pair.match_id}/decision`, body);
    if (state === 'waiting') await reviewers.second.post(`/api/matches/${pair.match_id}/decision`, body);
    if (same) outcome.confirmed++;
    else outcome.rejected++;
    progress.detail(`${index + 1} of ${ordered.length}`);
  }
  const ids = ordered.map(({ match_id: id }) => `'${id}'`).join(',');
  if (ids)
    await until(
      'the decisions to be applied',
      async () =>
        (await database.number(
          `SELECT count(*) FROM matching.match WHERE id IN (${ids}) AND status NOT IN ('linked', 'rejected')`,
        )) === 0,
    );
  return outcome;
}
