import { FEEDS, topics } from '#contracts';
import { join } from 'node:path';
import { AgencyFolder } from '../../apps/connector/src/agency/agency-folder.js';
import { acknowledge, openPack } from '../../apps/connector/src/opening/index.js';
import { readTopic, sendToTopic } from '../../apps/connector/src/sending/kafka.js';
import type { SignedIn } from './browser.js';
import type { HubDatabase } from './hub-database.js';
import type { Progress } from './progress.js';
import { until } from './waiting.js';

export interface ChosenCase {
  id: string;
  victim: string;
}

export interface MeetingOutcome {
  cases: number;
  packs: number;
  itemsReleased: number;
  itemsWithheld: number;
  opened: number;
}

export const ATTENDEES = [
  'police',
  'probation',
  'health',
  'idva',
  'womens-aid',
  'childrens-services',
  'adult-services',
  'ashfield',
  'nottingham-city',
];

/** A meeting: half of the victims agree to sharing, for the others a manager records why it is shared without; then packs go out. */
export async function holdMeeting(
  state: string,
  cases: ChosenCase[],
  coordinator: SignedIn,
  database: HubDatabase,
  progress: Progress,
): Promise<MeetingOutcome> {
  for (const [index, { id, victim }] of cases.entries()) {
    await coordinator.post(`/api/cases/${id}/justification`, {
      necessity: 'The panel cannot plan for safety without it.',
      proportionality: 'Only what bears on the risk is shared.',
    });
    if (index % 2 === 0)
      await coordinator.post(`/api/cases/${id}/consents`, {
        subjectId: victim,
        status: 'given',
        purposes: ['marac'],
        recipients: ATTENDEES,
        categories: [...FEEDS],
      });
    else
      await coordinator.post(`/api/cases/${id}/without-consent`, {
        necessity: 'Serious harm is likely if agencies do not act together.',
        proportionality: 'Limited to agencies at the meeting and to what bears on the risk.',
        authorisedBy: 'Duty manager, demonstration',
        victimTold: 'yes',
      });
  }
  const meeting = await coordinator.post<{ id: string }>('/api/meetings', {
    heldAt: new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString(),
    area: 'South Nottinghamshire (demonstration)',
    caseIds: cases.map(({ id }) => id),
    attendees: ATTENDEES,
  });
  await coordinator.post(`/api/meetings/${meeting.id}/packs`, {});
  const where = `meeting_id = '${meeting.id}'`;
  await packsSent(database, where, ATTENDEES.length, progress);
  const opened = await openPacks(state, ATTENDEES, progress);
  await acknowledged(database, where, opened);
  return { cases: cases.length, packs: ATTENDEES.length, ...(await counts(database, where)), opened };
}

/** Waits until every pack has gone. @throws Error naming a pack that failed */
export async function packsSent(
  database: HubDatabase,
  where: string,
  expected: number,
  progress: Progress,
): Promise<void> {
  await until('the packs to be sent', async () => {
    const failed = await database.number(`SELECT count(*) FROM disclosure.pack WHERE ${where} AND state = 'failed'`);
    if (failed > 0) throw new Error(`${failed} packs could not be sent; the disclosure service's log says why.`);
    const sent = await database.number(
      `SELECT count(DISTINCT recipient) FROM disclosure.pack WHERE ${where} AND state IN ('sent', 'acknowledged')`,
    );
    progress.detail(`${sent} of ${expected} packs`);
    return sent >= expected;
  });
}

/** Each recipient opens what has come for it (signature, key, inclusion proof) and acknowledges it. @returns packs opened */
export async function openPacks(state: string, agencies: string[], progress: Progress): Promise<number> {
  let opened = 0;
  await Promise.all(
    agencies.map(async (agency) => {
      const folder = await AgencyFolder.open(join(state, 'agencies', agency));
      const [agencyKey, hubKey, vkey] = [await folder.secretKey(), await folder.hubKey(), await folder.logKey()];
      if (!vkey) throw new Error(`${agency} has no log.vkey.`);
      const acks: { key: string; value: Buffer }[] = [];
      await readTopic(
        folder,
        topics.disclosures(agency),
        'packs',
        async (message) => {
          const pack = await openPack(message, { agency, agencyKey, hubKeys: [hubKey], vkey });
          acks.push({ key: pack.pack.id, value: await acknowledge(pack, agency, agencyKey) });
          progress.detail(`${++opened} packs opened`);
          return true;
        },
        20_000,
      );
      if (acks.length > 0) await sendToTopic(folder, topics.acks(agency), acks);
    }),
  );
  return opened;
}

/** Waits until so many packs are acknowledged. */
export async function acknowledged(database: HubDatabase, where: string, count: number): Promise<void> {
  await until(
    'the acknowledgements',
    async () =>
      (await database.number(`SELECT count(*) FROM disclosure.pack WHERE ${where} AND state = 'acknowledged'`)) >=
      count,
  );
}

async function counts(database: HubDatabase, where: string) {
  return {
    itemsReleased: await database.number(
      `SELECT coalesce(sum(released), 0) FROM disclosure.pack WHERE ${where} AND state IN ('sent', 'acknowledged')`,
    ),
    itemsWithheld: await database.number(
      `SELECT coalesce(sum(withheld), 0) FROM disclosure.pack WHERE ${where} AND state IN ('sent', 'acknowledged')`,
    ),
  };
}
