import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import {
  decodeEntryBundle,
  encodeEntryBundle,
  logFiles,
  tilePath,
  verifyLog,
  vkeyOf,
  type VerifyOptions,
} from '../index.js';

const ORIGIN = 'mash-hub/test';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const vkey = vkeyOf(ORIGIN, publicKey);
const entriesOf = (size: number, from = 'entry'): Buffer[] =>
  Array.from({ length: size }, (_, at) => Buffer.from(`${from} ${at}`));
const logOf = (size: number, from?: string): Map<string, Buffer> =>
  logFiles({ origin: ORIGIN, entries: entriesOf(size, from), privateKey });

type Files = Map<string, Buffer>;
const verify = (files: Files, options: VerifyOptions = {}) =>
  verifyLog(async (path) => files.get(path) ?? null, { vkey, files: async () => [...files.keys()], ...options });
/** Where the problems are, each place once. */
async function placesOf(files: Files, options?: VerifyOptions): Promise<string[]> {
  const result = await verify(files, options);
  return result.ok ? [] : [...new Set(result.problems.map(({ where }) => where))];
}
function flipped(files: Files, path: string, bit: number): Files {
  const bytes = Buffer.from(files.get(path) as Buffer);
  bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
  return new Map(files).set(path, bytes);
}
function without(files: Files, path: string): Files {
  const rest = new Map(files);
  rest.delete(path);
  return rest;
}
/** The log with one bundle's entries changed and nothing else. */
function rebundled(files: Files, path: string, width: number, change: (entries: Buffer[]) => Buffer[]): Files {
  return new Map(files).set(path, encodeEntryBundle(change(decodeEntryBundle(files.get(path) as Buffer, width))));
}

const SIZE = 700;
const LOG = logOf(SIZE);

describe('verifying a log', () => {
  it.each([0, 1, 2, 255, 256, 257, 512, 700])(
    'finds nothing wrong with an untouched one of %i entries',
    async (size) => {
      const result = await verify(logOf(size));
      expect(result).toMatchObject({ ok: true, origin: ORIGIN, size });
    },
  );

  it('finds nothing wrong with one of three levels, and says how far it is', async () => {
    const seen: number[] = [];
    const large = logOf(66_000);
    expect(await verify(large, { onProgress: (done) => seen.push(done) })).toMatchObject({ ok: true, size: 66_000 });
    expect(seen.at(-1)).toBe(66_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    for (const path of [
      'tile/2/000.p/1',
      'tile/1/000',
      'tile/1/001.p/1',
      'tile/0/044',
      'tile/0/257.p/208',
      'tile/entries/257.p/208',
    ]) {
      expect(await placesOf(flipped(large, path, 131))).toEqual([path]);
    }
  });

  it('finds any one changed bit of any file, and names that file alone', async () => {
    const paths = [...LOG.keys()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, pick) => {
        const bit = pick % ((LOG.get(path) as Buffer).length * 8);
        expect(await placesOf(flipped(LOG, path, bit))).toEqual([path]);
      }),
      { seed: 20261105, numRuns: 150 },
    );
  });

  it('finds every single bit of the checkpoint and of the key', async () => {
    const small = logOf(3);
    for (const path of ['checkpoint', 'key.vkey']) {
      for (let bit = 0; bit < (small.get(path) as Buffer).length * 8; bit++) {
        const { ok } = await verify(flipped(small, path, bit), { vkey: undefined });
        if (ok) throw new Error(`bit ${bit} of ${path} was not found`);
      }
    }
  });

  it('names each missing file, and each cut or lengthened one', async () => {
    for (const path of LOG.keys()) {
      // A key that was given makes the log's own copy of it unnecessary.
      if (path !== 'key.vkey') expect(await placesOf(without(LOG, path))).toEqual([path]);
      const bytes = LOG.get(path) as Buffer;
      expect(await placesOf(new Map(LOG).set(path, bytes.subarray(0, -1)))).toContain(path);
      expect(await placesOf(new Map(LOG).set(path, bytes.subarray(0, bytes.length / 2)))).toContain(path);
      expect(await placesOf(new Map(LOG).set(path, Buffer.alloc(0)))).toContain(path);
      expect(await placesOf(new Map(LOG).set(path, Buffer.concat([bytes, bytes.subarray(-9)])))).toContain(path);
    }
  });
});

describe('entries that were tampered with', () => {
  const path = 'tile/entries/001';
  const width = 256;

  it('one replaced by another of the same length is named by its number', async () => {
    const log = rebundled(LOG, path, width, (entries) => entries.with(44, Buffer.from('forged300')));
    const result = await verify(log);
    expect(result).toMatchObject({
      ok: false,
      problems: [{ where: path, what: expect.stringMatching(/^entry 300:/) }],
    });
  });

  it('two that changed places are both named', async () => {
    const log = rebundled(LOG, path, width, (e) => e.with(3, e[9] as Buffer).with(9, e[3] as Buffer));
    expect(await verify(log)).toMatchObject({
      problems: [{ where: path, what: expect.stringMatching(/^entry 259, 265:/) }],
    });
  });

  it('one removed, or one doubled, is said', async () => {
    const removed = rebundled(LOG, path, width, (entries) => entries.toSpliced(20, 1));
    expect(await verify(removed)).toMatchObject({
      problems: [
        { where: path, what: expect.stringContaining('holds 255 whole entries where 256 belong') },
        { where: path, what: expect.stringMatching(/^entry 276–510:/) },
      ],
    });
    const doubled = rebundled(LOG, path, width, (entries) => entries.toSpliced(20, 0, entries[20] as Buffer));
    expect(await verify(doubled)).toMatchObject({ problems: [{ where: path }, { where: path }] });
  });

  it('and their tile with them, the tile above still tells', async () => {
    const forged = logFiles({ origin: ORIGIN, entries: entriesOf(SIZE).with(300, Buffer.from('forged')), privateKey });
    const log = new Map(LOG)
      .set(path, forged.get(path) as Buffer)
      .set('tile/0/001', forged.get('tile/0/001') as Buffer);
    expect(await placesOf(log)).toEqual(['tile/0/001']);
  });

  it('and every tile with them, the signed root still tells', async () => {
    const forged = logFiles({ origin: ORIGIN, entries: entriesOf(SIZE).with(300, Buffer.from('forged')), privateKey });
    forged.set('checkpoint', LOG.get('checkpoint') as Buffer);
    expect(await placesOf(forged)).toEqual(['checkpoint']);
  });

  it('everywhere, the reading stops and says so', async () => {
    const log = new Map([...LOG].filter(([name]) => !name.startsWith('tile/')));
    const huge = Buffer.from((LOG.get('checkpoint') as Buffer).toString().replace('\n700\n', '\n9007199254740991\n'));
    const result = await verify(log.set('checkpoint', huge));
    expect(result.ok ? [] : result.problems.at(-1)).toMatchObject({ what: expect.stringContaining('more than 500') });
  });
});

describe('keys, origins and older checkpoints', () => {
  const since = (size: number, from?: string): string => (logOf(size, from).get('checkpoint') as Buffer).toString();

  it('a log re-signed with another key is not accepted for the key that was given', async () => {
    const other = generateKeyPairSync('ed25519');
    const forged = logFiles({ origin: ORIGIN, entries: entriesOf(10), privateKey: other.privateKey });
    expect(await placesOf(forged)).toEqual(['key.vkey', 'checkpoint']);
    expect(await placesOf(forged, { vkey: undefined })).toEqual([]);
  });

  it('a log of another origin is not accepted', async () => {
    const other = logFiles({ origin: 'mash-hub/other', entries: entriesOf(10), privateKey });
    const result = await verify(other);
    expect(result.ok ? [] : result.problems.map(({ what }) => what).join()).toContain('mash-hub/other');
  });

  it('without any key the log is not intact', async () => {
    expect(await placesOf(without(LOG, 'key.vkey'), { vkey: undefined })).toEqual(['key.vkey']);
    expect(await placesOf(without(LOG, 'key.vkey'))).toEqual([]);
    expect(await placesOf(LOG, { vkey: 'nonsense' })).toEqual(['key.vkey', 'key']);
  });

  it('a log continues every checkpoint of its own past', async () => {
    for (const size of [0, 1, 255, 256, 300, 512, 699, 700])
      expect(await placesOf(LOG, { since: since(size) })).toEqual([]);
  });

  it('a fork, a shorter log, another origin and a forged checkpoint are found against it', async () => {
    expect(await verify(LOG, { since: since(300, 'fork') })).toMatchObject({
      problems: [{ where: 'since', what: /two histories/ }].map(matching),
    });
    expect(await verify(LOG, { since: since(700, 'fork') })).toMatchObject({
      problems: [{ where: 'since', what: /two histories/ }].map(matching),
    });
    expect(await verify(LOG, { since: since(701) })).toMatchObject({
      problems: [{ where: 'since', what: /taken away/ }].map(matching),
    });
    const other = logFiles({ origin: 'mash-hub/other', entries: entriesOf(3), privateKey }).get('checkpoint') as Buffer;
    expect(await placesOf(LOG, { since: other.toString() })).toEqual(['since']);
    expect(await placesOf(LOG, { since: since(300).replace('\n300\n', '\n301\n') })).toEqual(['since']);
    expect(await placesOf(LOG, { since: 'nonsense' })).toEqual(['since']);
  });
});

describe('files the log has no need of', () => {
  it('partial tiles of its past may stand, but must begin as the present ones do', async () => {
    const past = logOf(300);
    const log = new Map([...past, ...LOG]);
    expect(await placesOf(log)).toEqual([]);
    for (const path of ['tile/0/001.p/44', 'tile/entries/001.p/44', 'tile/1/000.p/1']) {
      expect(await placesOf(flipped(log, path, 77))).toEqual([path]);
    }
  });

  it('a partial tile may be gone once the full one stands', async () => {
    const gone = ['tile/0/001.p/44', 'tile/entries/001.p/44'];
    const log = new Map([...logOf(512), ...logOf(300)].filter(([path]) => !gone.includes(path)));
    expect(await placesOf(log, { files: undefined })).toEqual([]);
  });

  it('tiles beyond the signed end, and files that are no tiles, are reported', async () => {
    const beyond = tilePath(0, 3, 9);
    expect(await placesOf(new Map(LOG).set(beyond, Buffer.alloc(288)))).toEqual([beyond]);
    expect(await placesOf(new Map(LOG).set('tile/0/0', Buffer.alloc(32)))).toEqual(['tile/0/0']);
  });
});

function matching({ where, what }: { where: string; what: RegExp }): object {
  return { where, what: expect.stringMatching(what) };
}
