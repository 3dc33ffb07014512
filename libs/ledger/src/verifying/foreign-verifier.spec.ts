import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consistencyProof, inclusionProof, logFiles, tileReader, treeStateAt } from '../index.js';

// Real here: files on disk, and the Go checksum database's verifier. Nothing of ours checks anything in this file.
const PROGRAM = fileURLToPath(new URL('../../test-go', import.meta.url));
const SIZES = [1, 256, 257, 1000, 66_000];

function go(args: string[], seconds: number): string {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly -buildvcs=false' };
  return execFileSync('go', args, { cwd: PROGRAM, env, timeout: seconds * 1000, encoding: 'utf8', stdio: 'pipe' });
}

function reasonToSkip(): string | null {
  try {
    go(['version'], 10);
  } catch {
    return 'skipped: Go is not installed';
  }
  try {
    go(['mod', 'download'], 20);
    return null;
  } catch {
    return 'skipped: golang.org/x/mod cannot be downloaded here';
  }
}

const skipped = reasonToSkip();
const given = skipped === null ? it : it.skip;

describe(`the Go checksum database's verifier${skipped ? ` (${skipped})` : ''}`, () => {
  given(
    'agrees with an exported log, its tiles and our proofs, and not with a changed one',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ledger-go-'));
      try {
        const program = join(folder, 'check');
        go(['build', '-o', program, '.'], 50);
        for (const size of SIZES) {
          const { dir, proofs } = await exported(join(folder, String(size)), size);
          const said = execFileSync(program, [dir, proofs], { encoding: 'utf8', stdio: 'pipe' });
          expect(said).toMatch(new RegExp(`^OK ${size} `));
        }
        const changed = join(folder, '1000', 'log', 'tile', 'entries', '001');
        const bytes = readFileSync(changed);
        bytes[40] = (bytes[40] as number) ^ 1;
        writeFileSync(changed, bytes);
        expect(() =>
          execFileSync(program, [join(folder, '1000', 'log'), join(folder, '1000', 'proofs.json')], { stdio: 'pipe' }),
        ).toThrow('NOT OK');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    60_000,
  );
});

async function exported(folder: string, size: number): Promise<{ dir: string; proofs: string }> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const entries = Array.from({ length: size }, (_, at) => Buffer.from(`{"entry":${at}}`));
  const files = logFiles({ origin: 'mash-hub/go', entries, privateKey });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, 'log', path)), { recursive: true });
    writeFileSync(join(folder, 'log', path), bytes);
  }
  const read = tileReader(async (path) => files.get(path) ?? null);
  const base64 = (hashes: Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'));
  const picks = [0, 1, 255, 256, 700, 65_535, 65_999].filter((at) => at < size);
  const inclusion = picks.map(async (index) => ({ index, hashes: base64(await inclusionProof(index, size, read)) }));
  const consistency = picks.slice(1).map(async (older) => ({
    size: older,
    root: (await treeStateAt(older, read, size)).root().toString('base64'),
    hashes: base64(await consistencyProof(older, size, read)),
  }));
  const proofs = join(folder, 'proofs.json');
  writeFileSync(
    proofs,
    JSON.stringify({ inclusion: await Promise.all(inclusion), consistency: await Promise.all(consistency) }),
  );
  return { dir: join(folder, 'log'), proofs };
}
