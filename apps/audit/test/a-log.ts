import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { verifyLog, vkeyOf } from '#ledger';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { openLog } from '../src/checking/open-log.js';
import { LogFolder } from '../src/publishing/log-folder.js';
import type { LogTip } from '../src/publishing/log-tip.js';
import { LogRepository } from '../src/sequencing/log.repository.js';
import { Sealer } from '../src/sequencing/sealer.js';
import { Sequencer } from '../src/sequencing/sequencer.js';
import { SequencerSession } from '../src/sequencing/session.js';

export const ORIGIN = 'mash-hub/test';

/** A log of a test's own: a real database, a folder, a key. */
export class ALog {
  readonly folder: LogFolder;
  readonly vkey: string;
  readonly fatal: Error[] = [];
  private readonly running: Sequencer[] = [];
  private readonly sessions: SequencerSession[] = [];

  private constructor(
    readonly database: FreshDatabase,
    readonly dir: string,
    readonly key = createPrivateKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
    readonly owner = new pg.Client({ connectionString: database.ownerUrl }),
    readonly portal = new pg.Pool({ connectionString: database.urlFor('portal'), max: 8 }),
  ) {
    this.folder = new LogFolder(join(dir, 'log'));
    this.vkey = vkeyOf(ORIGIN, createPublicKey(key.export({ type: 'pkcs8', format: 'pem' })));
    owner.on('error', () => undefined);
    portal.on('error', () => undefined);
  }

  static async fresh(): Promise<ALog> {
    const log = new ALog(await freshDatabase(), await mkdtemp(join(tmpdir(), 'audit-')));
    await log.owner.connect();
    return log;
  }

  async end(): Promise<void> {
    for (const sequencer of this.running) await sequencer.stop();
    for (const session of this.sessions) await session.close();
    await this.portal.end();
    await this.owner.end();
    await this.database.drop();
    await rm(this.dir, { recursive: true, force: true });
  }

  sequencer(): Sequencer {
    const made = new Sequencer({
      databaseUrl: this.database.urlFor('audit'),
      folder: this.folder,
      signer: { origin: ORIGIN, key: this.key },
      log: pino({ level: 'silent' }),
      onFatal: (error) => this.fatal.push(error),
    });
    this.running.push(made);
    return made;
  }

  /** The steps of a sequencer, to be taken one by one. Opens (and checks) the log. */
  async steps(): Promise<{ sealer: Sealer; tip: LogTip; session: SequencerSession }> {
    const session = await SequencerSession.open(this.database.urlFor('audit'));
    this.sessions.push(session);
    if (!(await session.tryLock())) throw new Error('another sequencer is at work');
    const repository = new LogRepository(session);
    const { tip } = await openLog(repository, this.folder, { origin: ORIGIN, key: this.key });
    return { sealer: new Sealer(repository, tip, { origin: ORIGIN, key: this.key }), tip, session };
  }

  /** Appends `count` entries in one transaction of the portal's. @returns their ids; none are kept when rolled back */
  async append(count: number, end: 'COMMIT' | 'ROLLBACK' = 'COMMIT'): Promise<string[]> {
    const client = await this.portal.connect();
    try {
      await client.query('BEGIN');
      const ids: string[] = [];
      for (let at = 0; at < count; at++) {
        const { rows } = await client.query<{ id: string }>('SELECT audit.append($1) AS id', [anAct()]);
        ids.push(rows[0]!.id);
      }
      await client.query(end);
      return end === 'COMMIT' ? ids : [];
    } finally {
      client.release();
    }
  }

  async unsealed(): Promise<number> {
    const { rows } = await this.owner.query('SELECT count(*)::int AS n FROM audit.entry WHERE leaf_index IS NULL');
    return rows[0].n as number;
  }

  /** Verifies the folder as anyone can who has only it and the key. */
  async verify(): ReturnType<typeof verifyLog> {
    return verifyLog(this.folder.read, { vkey: this.vkey, files: () => this.folder.tileFiles() });
  }

  /** Waits until the folder's checkpoint covers `size` entries. */
  async published(size: number): Promise<void> {
    await until(async () => Number((await this.folder.read('checkpoint'))?.toString().split('\n')[1]) >= size);
  }
}

export async function until(holds: () => Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await holds());) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function anAct(): string {
  return JSON.stringify({
    actor: { type: 'user', id: 'u-1' },
    action: 'PersonViewed',
    object: { type: 'record', id: randomUUID() },
    purpose: 'marac',
    outcome: 'shown',
  });
}
