import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub, type RunningHub } from '../../deploy/embedded/hub.js';
import { generateCounty, writeCounty, type County } from '../../apps/connector/src/generating/index.js';
import { HubDatabase } from '../../deploy/demo/hub-database.js';
import { Progress } from '../../deploy/demo/progress.js';
import { sendFeeds } from '../../deploy/demo/sending-feeds.js';
import { until } from '../../deploy/demo/waiting.js';

/** A whole hub with a small county in it, matched: real PostgreSQL, Kafka and services. */
export interface HubWithCounty {
  hub: RunningHub;
  state: string;
  county: County;
  database: HubDatabase;
  stop(): Promise<void>;
}

/** Progress of the demo's steps, not shown in tests. */
class Quiet extends Progress {
  override step(): void {}
  override detail(): void {}
  override done(): void {}
}
export const quiet = new Quiet();

export async function hubWithCounty(people: number, seed: number): Promise<HubWithCounty> {
  const state = mkdtempSync(join(tmpdir(), 'mash-hub-'));
  const hub = await startHub({ state });
  const database = await HubDatabase.open(hub.postgres.url);
  const stop = async () => {
    await database.close().catch(() => undefined);
    await hub.stop();
    rmSync(state, { recursive: true, force: true });
  };
  try {
    const county = generateCounty({ people, seed });
    await writeCounty(county, join(state, 'county'));
    await sendFeeds(state, county, join(state, 'county'), quiet);
    await until('matching', async () => (await database.uncompared()) === 0, 60);
    return { hub, state, county, database, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
