import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canonicalEntry, logFiles, vkeyOf } from '#ledger';

/** For tests: a small real log on disk, and a real server of one. */
export const ORIGIN = 'mash-hub/sample';
const pair = generateKeyPairSync('ed25519');
export const VKEY = vkeyOf(ORIGIN, pair.publicKey);

export type Files = Map<string, Buffer>;

/** Entry `at` of the history `of`: two histories differ from their first entry on. */
export function sampleEntry(at: number, of = 'main'): Buffer {
  return canonicalEntry({
    v: 1,
    at: '2026-11-01T02:00:00Z',
    actor: { type: 'service', id: 'ingest' },
    action: 'BatchAccepted',
    object: { type: 'batch', id: `${of}-${at}` },
    outcome: 'accepted',
  });
}

export function sampleLog(
  size: number,
  { of, origin = ORIGIN, privateKey = pair.privateKey }: { of?: string; origin?: string; privateKey?: KeyObject } = {},
): Files {
  return logFiles({ origin, entries: Array.from({ length: size }, (_, at) => sampleEntry(at, of)), privateKey });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mash-audit-'));
}

export function writeFiles(folder: string, files: Files): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** Serves `files` as they are at each request, below `/log/`; `answer` may give another status for a path. */
export async function serve(
  files: () => Files,
  answer: (path: string) => number = () => 200,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/log\//, '');
    const bytes = files().get(path);
    const status = answer(path);
    response.writeHead(status === 200 && !bytes ? 404 : status).end(status === 200 ? bytes : undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/log`, close };
}
