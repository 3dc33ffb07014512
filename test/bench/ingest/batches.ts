import { join } from 'node:path';
import type { RunningHub } from '../../../deploy/embedded/hub.js';
import { AgencyFolder } from '../../../apps/connector/src/agency/agency-folder.js';
import { countyParts } from '../../../apps/connector/src/generating/index.js';
import { sealSubmission } from '../../../apps/connector/src/sealing/seal-submission.js';
import { kafkaOf } from '../../../apps/connector/src/sending/kafka.js';

/** One sealed batch on its way to a topic. */
export interface SealedBatch {
  agency: string;
  feed: string;
  rows: number;
  message: Buffer;
}

const SEED = 20261124;
/** A county's people over the rows its agencies hold of them: enough people for the rows asked for. */
const PEOPLE_A_ROW = 1.6;

/**
 * The feeds of a synthetic county, sealed as the agencies' own connectors do.
 * @param rows how many; those of the services that make subjects are among them
 */
export async function sealedBatches(hub: RunningHub, rows: number): Promise<SealedBatch[]> {
  const lines = countyLines(rows);
  const batches: SealedBatch[] = [];
  for (const [name, rowsOfFeed] of lines) {
    const [agency, feed] = name.split('/') as [string, never];
    const folder = await AgencyFolder.open(join(hub.layout.agencies, agency));
    const sealed = await sealSubmission({
      agency,
      feed,
      mode: 'full',
      lines: rowsOfFeed,
      extractedAt: new Date(),
      agencyKey: await folder.secretKey(),
      hubKey: await folder.hubKey(),
    });
    batches.push(...sealed.batches.map(({ rows: count, message }) => ({ agency, feed, rows: count, message })));
  }
  return batches;
}

function countyLines(rows: number): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  let made = 0;
  for (const part of countyParts({ people: Math.ceil(rows * PEOPLE_A_ROW), seed: SEED }))
    for (const { agency, feed, rows: given } of part.feeds) {
      const few = given.slice(0, rows - made);
      if (few.length === 0) continue;
      const name = `${agency}/${feed}`;
      const known = lines.get(name) ?? [];
      for (const row of few) known.push(JSON.stringify(row));
      lines.set(name, known);
      made += few.length;
    }
  return lines;
}

/** Puts every batch on its agency's topic, agency by agency as they would come. */
export async function sendAll(hub: RunningHub, batches: SealedBatch[]): Promise<void> {
  for (const [agency, own] of Map.groupBy(batches, (batch) => batch.agency)) {
    const producer = kafkaOf(await AgencyFolder.open(join(hub.layout.agencies, agency))).producer();
    await producer.connect();
    try {
      for (const { feed, message } of own)
        await producer.send({ topic: `feeds.${agency}`, acks: -1, messages: [{ key: feed, value: message }] });
    } finally {
      await producer.disconnect();
    }
  }
}
