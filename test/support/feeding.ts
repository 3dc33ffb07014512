import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startHub, type RunningHub } from '../../deploy/embedded/hub.js';

const PROGRAM = fileURLToPath(new URL('../../apps/connector/bin/mash.js', import.meta.url));

/** A hub that takes feeds in and answers: real PostgreSQL, Kafka, ingest and audit, each a process of its own. */
export class FeedingHub {
  private constructor(
    readonly state: string,
    readonly hub: RunningHub,
    private readonly owner: pg.Client,
  ) {}

  static async start(): Promise<FeedingHub> {
    // short: gpg's agent, in a folder of it, has a socket whose path may have 108 octets
    const state = mkdtempSync(join(tmpdir(), 'fh-'));
    const hub = await startHub({ state, apps: ['ingest', 'audit'] });
    const owner = new pg.Client({ connectionString: hub.postgres.url });
    await owner.connect();
    return new FeedingHub(state, hub, owner);
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.hub.stop();
    rmSync(this.state, { recursive: true, force: true });
  }

  agency(id: string): string {
    return join(this.state, 'agencies', id);
  }

  async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.owner.query<R>(text, values)).rows;
  }

  /** What the hub has of an agency's feed: submissions, complete ones, rows that stand, batches accepted and refused. */
  async taken(agency: string, feed: string) {
    const one = async (text: string) => Number((await this.query<{ n: string }>(text, [agency, feed]))[0]!.n);
    return {
      submissions: await one('SELECT count(*) AS n FROM ingest.submission WHERE agency = $1 AND feed = $2'),
      complete: await one(
        'SELECT count(*) AS n FROM ingest.submission WHERE agency = $1 AND feed = $2 AND complete_at IS NOT NULL',
      ),
      rows: await one(`SELECT count(*) AS n FROM ingest.record WHERE agency = $1 AND feed = $2 AND state = 'active'`),
      stored: await one('SELECT count(*) AS n FROM ingest.record WHERE agency = $1 AND feed = $2'),
      refused: await one(
        `SELECT count(*) AS n FROM ingest.feed_batch WHERE agency = $1 AND feed = $2 AND status = 'rejected'`,
      ),
    };
  }
}

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** The built `mash`, as a process of its own. */
export function startMash(args: string[]): { child: ChildProcess; ended: Promise<Ran> } {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (err += part));
  const ended = new Promise<Ran>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, out, err })),
  );
  return { child, ended };
}

export const mash = (...args: string[]): Promise<Ran> => startMash(args).ended;

/** Stands before a port and cuts connections after so many bytes from the client; 0: lets everything through. */
export class CuttingProxy {
  private readonly sockets = new Set<Socket>();
  cuts = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async before(target: number, bytesUntilCut: () => number): Promise<CuttingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new CuttingProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => proxy.join(client, connect(target, '127.0.0.1'), bytesUntilCut()));
    return proxy;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, hub: Socket, limit: number): void {
    let seen = 0;
    const cut = () => {
      client.resetAndDestroy();
      hub.destroy();
    };
    for (const socket of [client, hub]) {
      this.sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => (this.sockets.delete(socket), client.destroy(), hub.destroy()));
    }
    client.on('data', (part) => {
      hub.write(part);
      seen += part.length;
      if (limit > 0 && seen > limit && ++this.cuts) cut();
    });
    hub.on('data', (part) => client.write(part));
  }
}
