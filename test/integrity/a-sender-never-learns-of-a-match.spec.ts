import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aRow, IntakeWorld, type Instance } from '../support/intake.js';

let world: IntakeWorld;
let hub: Instance;

beforeAll(async () => {
  world = await IntakeWorld.fresh();
  hub = world.instance();
});
afterAll(async () => world.end());

/** What an agency gets to see of a batch: the answer at once and the receipt, without the ids of this very sending. */
async function seen(recordRef: string) {
  const { receipt, ...answer } = await hub.intake.receive(
    'ashfield',
    await world.sealed({ rows: [aRow(recordRef), '{}'] }),
  );
  const { submission, ...draft } = await world.draft(receipt);
  expect(submission).toBe(answer.submission);
  const { object, at, detail, commit, ...entry } = (await world.entries('BatchAccepted')).at(-1)!;
  const { batch, ...told } = detail;
  delete told.submission;
  return { answer: Object.keys(answer), draft, entry, told, batch, commit: Object.keys(commit) };
}

describe('a sender never learns of a match', () => {
  it('answer, receipt and audit entry are the same for a row that matches a subject and one that matches nobody', async () => {
    const sealed = await seen('A-1');
    await world.query(
      `INSERT INTO matching.match (id, subject_id, record_id, part, agency, feed, role, kind, weight, probability, status, model, evidence)
       SELECT $1, $1, id, 'person', agency, feed, 'victim', 'record', 20, 1, 'linked', 'm', '{}' FROM ingest.record`,
      [randomUUID()],
    );
    expect(await seen('A-2')).toEqual(sealed);
    // The very row that is linked, sent again: kept as it is, and told of as any row that is kept as it is.
    const linked = await seen('A-1');
    expect(linked).toEqual({ ...sealed, told: { ...sealed.told, stored: 0 } });
    expect(linked.draft).toEqual(sealed.draft);
  });

  it('ingest cannot even ask: its role sees no subject and no match', async () => {
    for (const table of ['matching.match', 'matching.subject', 'portal.decision', 'vault.visible_record'])
      await expect(hub.database.client.$queryRawUnsafe(`SELECT 1 FROM ${table}`)).rejects.toThrow(/permission denied/);
  });
});
