import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRow, Laboratory, OTHER, SENDER } from '../security/hostile-feeds/laboratory.js';

// A real broker and a real ingest: one agency sends far more than can be taken at once, another a handful of rows.

const FLOOD_BATCHES = 24;
const ROWS_A_BATCH = 1_000;
const SECONDS = 5;

let lab: Laboratory;
beforeAll(async () => {
  lab = await Laboratory.open();
}, 180_000);
afterAll(async () => lab?.close(), 60_000);

async function flood(): Promise<Buffer[]> {
  const messages: Buffer[] = [];
  for (let n = 0; n < FLOOD_BATCHES; n++) {
    const rows = Array.from({ length: ROWS_A_BATCH }, (_, row) => aRow(`F-${n}-${row}`));
    messages.push(await lab.seal(lab.payload({ rows })));
  }
  return messages;
}
const small = () => lab.seal(lab.payload({ rows: [aRow(), aRow(), aRow()], agency: OTHER }), lab.key(OTHER));
const taken = async (agency: string): Promise<number> => {
  const { rows } = await lab.database.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM ingest.feed_batch WHERE agency = $1',
    [agency],
  );
  return rows[0]!.n;
};

describe('while one agency floods the hub', () => {
  it('over Kafka, another’s small feed is taken within seconds', async () => {
    const messages = await flood();
    // Joined and reading before it begins: what is measured is the queue, not the start.
    await lab.send('kafka', await lab.good());
    await Promise.all(messages.map((message) => lab.produce(message)));
    const before = await taken(SENDER);
    const began = Date.now();
    await lab.produce(await small(), 'arrears', OTHER);
    await lab.until(async () => ((await taken(OTHER)) > 0 ? true : null));
    expect(Date.now() - began).toBeLessThan(SECONDS * 1000);
    expect((await taken(SENDER)) - before).toBeLessThan(FLOOD_BATCHES);
    await lab.until(async () => ((await taken(SENDER)) >= FLOOD_BATCHES + 1 ? true : null), 120);
  }, 240_000);

  it('over HTTPS, another’s small feed is answered within seconds', async () => {
    const messages = await flood();
    let answered = 0;
    const flooding = Promise.all(
      messages.map(async (message) => {
        const { status } = await lab.ask('POST', '/v1/feeds', message);
        expect(status).toBe(202);
        answered++;
      }),
    );
    await lab.until(async () => (answered > 0 ? true : null));
    const began = Date.now();
    expect(await lab.ask('POST', '/v1/feeds', await small(), OTHER)).toMatchObject({ status: 202 });
    expect(Date.now() - began).toBeLessThan(SECONDS * 1000);
    expect(answered).toBeLessThan(FLOOD_BATCHES);
    await flooding;
  }, 240_000);
});
