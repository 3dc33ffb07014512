import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { decodeEntryBundle, encodeEntryBundle, verifyProof } from '#ledger';
import { registerAudit } from './register-audit.js';
import { ORIGIN, sampleEntry, sampleLog, serve, temporaryFolder, VKEY, writeFiles, type Files } from './sample-log.js';

const SIZE = 600;
const LOG = sampleLog(SIZE);

let folder: string;
let served: Files = LOG;
let broken: (path: string) => number = () => 200;
let hub: { url: string; close: () => Promise<void> };

beforeAll(async () => {
  hub = await serve(
    () => served,
    (path) => broken(path),
  );
});
afterAll(() => hub.close());
beforeEach(() => {
  folder = temporaryFolder();
  [served, broken] = [LOG, () => 200];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  code: number | undefined;
  out: string;
  err: string;
}

/** Runs `mash audit …` in this process, with its own streams. */
async function mash(...args: string[]): Promise<Ran> {
  return mashWith({}, ...args);
}

async function mashWith(
  { env = {}, isTTY = false }: { env?: NodeJS.ProcessEnv; isTTY?: boolean },
  ...args: string[]
): Promise<Ran> {
  const ran: Ran = { code: undefined, out: '', err: '' };
  const stderr = Object.assign(
    new Writable({
      write: (chunk, _, done) => {
        ran.err += String(chunk);
        done();
      },
    }),
    { isTTY },
  );
  const program = new Command().exitOverride();
  const stdout = { write: (text: string) => (ran.out += text) };
  registerAudit(program, { stdout, stderr, env, exit: (code) => (ran.code = code) });
  await program.parseAsync(['audit', ...args], { from: 'user' });
  return ran;
}

/** Verifies the files as a folder; gives where the problems are, each place once. */
async function placesIn(files: Files, ...more: string[]): Promise<string[]> {
  const dir = writeFiles(join(folder, `log-${readdirSync(folder).length}`), files);
  const { code, out } = await mash('verify', dir, '--json', ...more);
  const { ok, problems } = JSON.parse(out) as { ok: boolean; problems: { where: string }[] };
  expect(code).toBe(ok ? 0 : 1);
  expect(ok).toBe(problems.length === 0);
  return [...new Set(problems.map(({ where }) => where))];
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
  return changed;
}
const changed = (path: string, change: (bytes: Buffer) => Buffer, log = LOG): Files =>
  new Map(log).set(path, change(log.get(path) as Buffer));
const rebundled = (change: (entries: Buffer[]) => Buffer[]): Files =>
  changed('tile/entries/001', (bytes) => encodeEntryBundle(change(decodeEntryBundle(bytes, 256))));
const fileWith = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const checkpointFile = (log: Files): string => fileWith('older', log.get('checkpoint') as Buffer);

describe('mash audit verify, an untouched log', () => {
  it('in a folder is found intact, and it is said whose key that was checked with', async () => {
    const dir = writeFiles(join(folder, 'log'), LOG);
    const { code, out, err } = await mash('verify', dir);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('The log is intact');
    expect(out).toContain("Checked with the log's own key (key.vkey)");
    expect((await mash('verify', dir, '--key', VKEY)).out).toContain('Checked with the key that was given.');
    expect((await mash('verify', dir, '--key', fileWith('hub.vkey', `${VKEY}\n`))).code).toBe(0);
  });

  it('at a hub is found intact, with or without a slash at the end of the address', async () => {
    for (const url of [hub.url, `${hub.url}/`]) {
      const { code, out } = await mash('verify', url, '--json', '--key', VKEY);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ ok: true, origin: ORIGIN, size: SIZE, key: 'given', problems: [] });
    }
  });

  it('that is empty is intact', async () => {
    expect(await placesIn(sampleLog(0))).toEqual([]);
  });

  it('continues each older checkpoint of its own', async () => {
    for (const size of [0, 1, 256, 300, SIZE])
      expect(await placesIn(LOG, '--since', checkpointFile(sampleLog(size)))).toEqual([]);
    const { out } = await mash('verify', hub.url, '--since', checkpointFile(sampleLog(300)));
    expect(out).toContain('continues the older checkpoint of 300 entries');
  });

  it('shows its progress on a terminal, and only there', async () => {
    expect((await mashWith({ isTTY: true }, 'verify', hub.url)).err).toContain('checking');
    expect((await mashWith({ isTTY: true }, 'verify', hub.url, '--json')).err).toBe('');
    expect((await mash('verify', hub.url)).err).toBe('');
  });
});

describe('mash audit verify, bad input', () => {
  it('one bit changed in any tile, bundle, checkpoint or key is found and the file named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...LOG.keys()), fc.nat(), async (path, pick) => {
        const places = await placesIn(changed(path, (bytes) => flipped(bytes, pick % (bytes.length * 8))));
        // A changed key may still be a key, of another log: then it is the checkpoint that does not fit it.
        if (path === 'key.vkey') expect(places.length).toBeGreaterThan(0);
        else expect(places).toEqual([path]);
      }),
      { seed: 20261106, numRuns: 80 },
    );
  });

  it('a changed entry is named in plain words', async () => {
    const dir = writeFiles(
      join(folder, 'log'),
      rebundled((entries) => entries.with(44, sampleEntry(44, 'forged'))),
    );
    const { code, out } = await mash('verify', dir);
    expect(code).toBe(1);
    expect(out).toContain('THE LOG IS NOT INTACT');
    expect(out).toContain('tile/entries/001  entry 300: not what was logged there');
  });

  it.each([
    ['removed', (entries: Buffer[]) => entries.toSpliced(20, 1)],
    ['doubled', (entries: Buffer[]) => entries.toSpliced(20, 0, entries[20] as Buffer)],
    ['moved', (entries: Buffer[]) => entries.toSpliced(20, 1).toSpliced(90, 0, entries[20] as Buffer)],
    ['emptied', (entries: Buffer[]) => entries.with(20, Buffer.alloc(0))],
  ])('an entry %s is found', async (_, change) => {
    expect(await placesIn(rebundled(change))).toEqual(['tile/entries/001']);
  });

  it('each file missing, cut, lengthened or empty is said', async () => {
    for (const path of LOG.keys()) {
      const rest = new Map(LOG);
      rest.delete(path);
      expect(await placesIn(rest)).toEqual([path]);
      expect(await placesIn(changed(path, (bytes) => bytes.subarray(0, -1)))).toContain(path);
      expect(await placesIn(changed(path, (bytes) => Buffer.concat([bytes, Buffer.from('x')])))).toContain(path);
      expect(await placesIn(changed(path, () => Buffer.alloc(0)))).toContain(path);
    }
  });

  it('two forks are told apart, even where each is intact', async () => {
    const fork = sampleLog(SIZE, { of: 'fork' });
    expect(await placesIn(fork)).toEqual([]);
    for (const size of [300, SIZE]) {
      const older = checkpointFile(sampleLog(size));
      expect(await placesIn(fork, '--since', older)).toEqual(['since']);
      served = fork;
      expect((await mash('verify', hub.url, '--since', older)).out).toContain('two histories');
    }
  });

  it('an older copy is not taken for the newer log it once was', async () => {
    const dir = writeFiles(join(folder, 'log'), sampleLog(300));
    const { code, out } = await mash('verify', dir, '--since', checkpointFile(LOG));
    expect(code).toBe(1);
    expect(out).toContain('has 600 entries, the log here only 300');
  });

  it('an older checkpoint put over the newer tiles is found', async () => {
    const older = sampleLog(300).get('checkpoint') as Buffer;
    expect((await placesIn(new Map(LOG).set('checkpoint', older))).length).toBeGreaterThan(0);
  });

  it('another origin and another key are not accepted for the key that was given', async () => {
    const other = sampleLog(10, { origin: 'mash-hub/other' });
    expect(await placesIn(other)).toEqual([]);
    expect(await placesIn(other, '--key', VKEY)).toEqual(['key.vkey', 'checkpoint']);
    expect(await placesIn(LOG, '--since', checkpointFile(other))).toEqual(['since']);
    const resigned = sampleLog(10, { privateKey: generateKeyPairSync('ed25519').privateKey });
    expect(await placesIn(resigned, '--key', VKEY)).toEqual(['key.vkey', 'checkpoint']);
  });

  it('a checkpoint file that is none is found', async () => {
    expect(await placesIn(LOG, '--since', fileWith('older', 'nonsense'))).toEqual(['since']);
  });

  it('a missing and a changed file at a hub are found over HTTP too', async () => {
    served = changed('tile/0/001', (bytes) => flipped(bytes, 9));
    expect((await mash('verify', hub.url)).out).toContain('tile/0/001  was changed');
    served = new Map([...LOG].filter(([path]) => path !== 'tile/1/000.p/2'));
    expect((await mash('verify', hub.url)).out).toContain('tile/1/000.p/2  is missing');
  });

  it('a hub that fails or is gone is not called a broken log', async () => {
    broken = (path) => (path === 'tile/0/001' ? 503 : 200);
    const failing = await mash('verify', hub.url);
    expect(failing).toMatchObject({ code: 1, out: '' });
    expect(failing.err).toContain('answered 503');
    const gone = await serve(() => LOG);
    await gone.close();
    expect(JSON.parse((await mash('verify', gone.url, '--json')).out)).toMatchObject({
      ok: false,
      error: { code: 'unreachable' },
    });
  });

  it('a passing failure is tried again', async () => {
    let failures = 1;
    broken = (path) => (path === 'tile/0/001' && failures-- > 0 ? 503 : 200);
    expect((await mash('verify', hub.url)).code).toBe(0);
  });

  it.each([
    ['a folder that is not there', ['verify', '/nowhere/at/all']],
    ['an address with a password', ['verify', 'http://a:b@127.0.0.1/']],
    ['an older checkpoint that is not there', ['verify', '.', '--since', '/nowhere/at/all']],
    ['a key that is none', ['verify', '.', '--key', 'nonsense']],
    ['an entry that is no number', ['prove', 'last', '--url', 'http://127.0.0.1:9/']],
    ['an entry with a leading zero', ['prove', '01', '--url', 'http://127.0.0.1:9/']],
  ])('%s is a usage error', async (_, args) => {
    const { code, err } = await mash(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^mash: .+\n$/);
  });
});

describe('mash audit export', () => {
  it('makes a folder that is intact by itself, with a text that says how to check it', async () => {
    const out = join(folder, 'copies', 'log');
    const { code, out: said } = await mash('export', '--out', out, '--url', hub.url, '--key', VKEY);
    expect(code).toBe(0);
    expect(said).toContain('The log is intact');
    for (const [path, bytes] of LOG) expect(readFileSync(join(out, path)).equals(bytes)).toBe(true);
    expect(readFileSync(join(out, 'README.txt'), 'utf8')).toContain('mash audit verify THIS-FOLDER');
    expect(readdirSync(join(folder, 'copies'))).toEqual(['log']);
    expect((await mash('verify', out)).code).toBe(0);
  });

  it('finds the hub of this machine by itself', async () => {
    fileWith('hub.json', JSON.stringify({ audit: hub.url }));
    const out = join(folder, 'log');
    const env = { HUB_STATE: folder };
    const { out: said } = await mashWith({ env }, 'export', '--out', out, '--json');
    expect(JSON.parse(said)).toMatchObject({ ok: true, size: SIZE, folder: out, files: LOG.size + 1, key: 'key.vkey' });
    expect((await mashWith({ env: { HUB_STATE: join(folder, 'none') } }, 'export', '--out', out)).code).toBe(2);
  });

  it('takes an empty folder, and never writes into one that is not', async () => {
    const out = join(folder, 'log');
    mkdirSync(out);
    expect((await mash('export', '--out', out, '--url', hub.url)).code).toBe(0);
    const again = await mash('export', '--out', out, '--url', hub.url);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('not empty') });
  });

  it('says in a sentence where it cannot read or write', async () => {
    const sentence = expect.stringMatching(/^mash: .+ could not be read or written \(E[A-Z]+\)\n$/);
    const tooLong = join(folder, 'x'.repeat(240));
    expect(await mash('export', '--out', tooLong, '--url', hub.url)).toMatchObject({ code: 1, out: '', err: sentence });
    const belowFile = join(fileWith('file', ''), 'log');
    expect(await mash('export', '--out', belowFile, '--url', hub.url)).toMatchObject({ code: 2, out: '' });
    symlinkSync('checkpoint', join(folder, 'checkpoint'));
    expect(await mash('verify', folder)).toMatchObject({ code: 1, out: '', err: sentence });
  });

  it('of a hub that grew in between keeps to the checkpoint that was read', async () => {
    const [before, after] = [sampleLog(300), sampleLog(512)];
    served = new Map([...after, ...before]);
    // The hub has dropped the partial ones that are full now.
    for (const path of ['tile/0/001.p/44', 'tile/entries/001.p/44']) served.delete(path);
    const out = join(folder, 'log');
    expect((await mash('export', '--out', out, '--url', hub.url)).code).toBe(0);
    expect(readFileSync(join(out, 'tile/entries/001.p/44')).equals(before.get('tile/entries/001.p/44') as Buffer)).toBe(
      true,
    );
    expect((await mash('verify', out)).code).toBe(0);
  });

  it('leaves nothing behind when a file is missing or the checkpoint is not signed', async () => {
    const out = join(folder, 'log');
    served = new Map([...LOG].filter(([path]) => path !== 'tile/0/001'));
    expect((await mash('export', '--out', out, '--url', hub.url)).err).toContain(
      'signed tile/0/001 but does not have it',
    );
    served = changed('checkpoint', (bytes) => flipped(bytes, 130));
    expect((await mash('export', '--out', out, '--url', hub.url)).code).toBe(1);
    served = LOG;
    broken = (path) => (path === 'tile/0/001' ? 500 : 200);
    expect((await mash('export', '--out', out, '--url', hub.url)).code).toBe(1);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a log that is not intact is kept as evidence and called what it is', async () => {
    served = changed('tile/0/001', (bytes) => flipped(bytes, 9));
    const out = join(folder, 'log');
    const { code, out: said } = await mash('export', '--out', out, '--url', hub.url);
    expect(code).toBe(1);
    expect(said).toContain('THE LOG IS NOT INTACT');
    expect(existsSync(join(out, 'tile/0/001'))).toBe(true);
  });

  it('one bit changed in the text beside it is found; a text of someone else is left alone', async () => {
    const out = join(folder, 'log');
    await mash('export', '--out', out, '--url', hub.url);
    const readme = readFileSync(join(out, 'README.txt'));
    const code = async (text: Buffer): Promise<number | undefined> => {
      writeFileSync(join(out, 'README.txt'), text);
      return (await mash('verify', out)).code;
    };
    for (const bit of [3, 900, readme.length * 8 - 1, readme.length * 8 - 200, readme.length * 8 - 600]) {
      expect(await code(flipped(readme, bit))).toBe(1);
    }
    expect(await code(readme.subarray(0, 700))).toBe(1);
    expect(await code(Buffer.alloc(0))).toBe(1);
    expect(await code(Buffer.from('Notes of the auditor.'))).toBe(0);
  });
});

describe('mash audit prove', () => {
  it('prints a proof that holds by itself', async () => {
    for (const index of [0, 255, 256, 599]) {
      const { code, out } = await mash('prove', String(index), '--url', hub.url);
      expect(code).toBe(0);
      expect(out.startsWith(`c2sp.org/tlog-proof@v1\nindex ${index}\n`)).toBe(true);
      expect(verifyProof(sampleEntry(index), out, VKEY)).toMatchObject({ index, size: SIZE });
    }
    const { out } = await mash('prove', '7', '--url', hub.url, '--json');
    expect(JSON.parse(out)).toMatchObject({ index: 7, size: SIZE, origin: ORIGIN, entry: sampleEntry(7).toString() });
  });

  it('works on an exported folder too', async () => {
    expect((await mash('prove', '7', '--url', writeFiles(join(folder, 'log'), LOG))).code).toBe(0);
  });

  it('gives none for an entry that is not there, of tiles that do not add up, or under another key', async () => {
    expect(await mash('prove', '600', '--url', hub.url)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('no entry 600'),
    });
    const key = generateKeyPairSync('ed25519');
    served = sampleLog(10, { privateKey: key.privateKey });
    expect(await mash('prove', '3', '--url', hub.url, '--key', VKEY)).toMatchObject({ code: 1, out: '' });
    served = changed('tile/0/001', (bytes) => flipped(bytes, 9));
    expect(await mash('prove', '300', '--url', hub.url)).toMatchObject({ code: 1, out: '' });
  });
});
