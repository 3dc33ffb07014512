import { topics } from '#contracts';
import { join } from 'node:path';
import { AgencyFolder } from '../../apps/connector/src/agency/agency-folder.js';
import type { ReviewCase } from '../../apps/connector/src/generating/index.js';
import { openHistoryRequest } from '../../apps/connector/src/opening/index.js';
import { send } from '../../apps/connector/src/register-feed.js';
import { sealSubmission } from '../../apps/connector/src/sealing/seal-submission.js';
import { readTopic } from '../../apps/connector/src/sending/kafka.js';
import type { SignedIn } from './browser.js';
import type { HubDatabase } from './hub-database.js';
import { acknowledged, openPacks, packsSent } from './meeting.js';
import type { Progress } from './progress.js';
import { takeReceipts } from './sending-feeds.js';
import { until } from './waiting.js';

/** Whom a review is about, and what the generator says every agency would answer. */
export interface ReviewPeople {
  told: ReviewCase;
  victim: string;
  perpetrator: string | null;
}

export interface ReviewOutcome {
  requests: number;
  histories: number;
  events: number;
}

const PANEL = ['police', 'health', 'womens-aid', 'childrens-services'];

/** A review after a death: decided, histories asked of every agency and answered, one chronology, packs to the panel. */
export async function holdReview(
  state: string,
  people: ReviewPeople,
  panel: SignedIn,
  database: HubDatabase,
  progress: Progress,
): Promise<ReviewOutcome> {
  const { told } = people;
  const agencies = [...new Set(told.answers.map(({ agency }) => agency))];
  const review = await panel.post<{ id: string }>('/api/reviews', {
    people: [
      { subjectId: people.victim, role: 'victim', deceased: true },
      ...(people.perpetrator ? [{ subjectId: people.perpetrator, role: 'perpetrator', deceased: false }] : []),
    ],
  });
  await panel.post(`/api/reviews/${review.id}/decision`, {
    outcome: 'review',
    reason: 'Several agencies knew the family; learning is likely.',
    scopeFrom: '2020-01-01',
    scopeTo: '2026-10-31',
    members: PANEL,
  });
  await panel.post(`/api/reviews/${review.id}/requests`, {
    agencies,
    dueBy: new Date(Date.now() + 28 * 24 * 3600 * 1000).toISOString(),
  });
  let answered = 0;
  for (const agency of agencies) {
    await answer(
      state,
      agency,
      told.answers.filter((one) => one.agency === agency).map(({ row }) => row),
    );
    progress.detail(`${++answered} of ${agencies.length} agencies answered`);
  }
  await until(
    'every history to arrive',
    async () =>
      (await database.number(`SELECT count(DISTINCT a.request_id) FROM portal.history_answer a JOIN portal.history_request r ON r.id = a.request_id
      WHERE r.review_id = '${review.id}'`)) >= agencies.length,
  );
  const chronology = await panel.get<{ entries: { kind: string }[] }>(`/api/reviews/${review.id}/chronology`);
  await panel.post(`/api/reviews/${review.id}/packs`, {});
  const where = `review_id = '${review.id}'`;
  await packsSent(database, where, PANEL.length, progress);
  await acknowledged(database, where, await openPacks(state, PANEL, progress));
  return {
    requests: agencies.length,
    histories: answered,
    events: chronology.entries.filter(({ kind }) => kind === 'event').length,
  };
}

/** The agency's connector: takes the request off its topic, opens and verifies it, and answers over the feed agency-history. */
async function answer(state: string, agency: string, rows: object[]): Promise<void> {
  const folder = await AgencyFolder.open(join(state, 'agencies', agency));
  const [agencyKey, hubKey] = [await folder.secretKey(), await folder.hubKey()];
  let requestRef: string | null = null;
  await readTopic(
    folder,
    topics.historyRequests(agency),
    'history-requests',
    async (message) => {
      requestRef = (await openHistoryRequest(message, { agency, agencyKey, hubKey })).requestRef;
      return true;
    },
    20_000,
  );
  if (!requestRef) throw new Error(`${agency} got no history request.`);
  const lines = rows.map((row) => JSON.stringify({ ...row, requestRef }));
  const sealed = await sealSubmission({
    agency,
    feed: 'agency-history',
    mode: 'delta',
    lines,
    extractedAt: new Date(),
    agencyKey,
    hubKey,
  });
  await send(folder, sealed);
  await takeReceipts(state, agency, sealed.batches.length, { submissions: 0, rows: 0, accepted: 0, quarantined: 0 });
}
