import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import type { Manifest } from '#contracts';
import { checkManifest, readLines, readManifest, type Expected } from './manifest.js';

const NOW = new Date('2026-11-02T09:00:00Z');
const DAY = 24 * 3600 * 1000;
const sha256 = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');
const expected: Expected = { agency: 'ashfield', hub: 'A'.repeat(40), now: NOW, signedAt: NOW };
const manifest = (changes: Record<string, unknown> = {}) =>
  ({
    format: 'mash.feed/1',
    sender: 'ashfield',
    recipient: 'A'.repeat(40),
    feed: 'arrears',
    submission: '00000000-0000-4000-8000-000000000001',
    batch: 1,
    batches: 1,
    sequence: 0,
    mode: 'full',
    extractedAt: NOW.toISOString(),
    createdAt: NOW.toISOString(),
    rows: 1,
    sha256: 'a'.repeat(64),
    ...changes,
  }) as Manifest;
const payload = (head: unknown, body = '{}\n') =>
  Buffer.from(`${typeof head === 'string' ? head : JSON.stringify(head)}\n${body}`);

describe('the manifest', () => {
  it('is the first line, and the body all bytes after its newline', () => {
    expect(readManifest(payload(manifest(), 'a\nb'))).toEqual({ manifest: manifest(), body: Buffer.from('a\nb') });
    expect(readManifest(Buffer.from(JSON.stringify(manifest())))?.body).toEqual(Buffer.alloc(0));
  });

  it('an id in capitals is the same id: a replay cannot be written another way', () => {
    const read = readManifest(payload(manifest({ submission: 'ABCDEF00-0000-4000-8000-00000000000A' })));
    expect(read?.manifest.submission).toBe('abcdef00-0000-4000-8000-00000000000a');
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['nothing', ''],
    ['longer than a manifest can be', JSON.stringify({ ...manifest(), more: 'x'.repeat(16_384) })],
    ['another format', manifest({ format: 'mash.feed/2' })],
    ['a feed that does not exist', manifest({ feed: 'rumours' })],
    ['a submission that is no id', manifest({ submission: '1' })],
    ['batch zero', manifest({ batch: 0 })],
    ['a batch above the last', manifest({ batch: 3, batches: 2 })],
    ['a negative sequence', manifest({ sequence: -1 })],
    ['a sequence that is no whole number', manifest({ sequence: 1.5 })],
    ['a sequence no number can hold exactly', manifest({ sequence: 2 ** 53 })],
    ['another mode', manifest({ mode: 'append' })],
    ['a time without its zone', manifest({ createdAt: '2026-11-02T09:00:00' })],
    ['a digest of another length', manifest({ sha256: 'ab' })],
    ['a digest in capitals', manifest({ sha256: 'A'.repeat(64) })],
    ['a missing field', manifest({ rows: undefined })],
  ])('is refused when it is %s', (_, head) => {
    expect(readManifest(payload(head))).toBeNull();
  });

  it('is refused when it is not UTF-8', () => {
    const bytes = payload(manifest());
    bytes[bytes.indexOf('ashfield')] = 0xff;
    expect(readManifest(bytes)).toBeNull();
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readManifest(Buffer.from(bytes))).toBeNull();
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('held against topic, key and clock', () => {
  it.each([
    ['wrong_sender', { sender: 'gedling' }, {}],
    ['wrong_recipient', { recipient: 'B'.repeat(40) }, {}],
    ['stale', { createdAt: new Date(NOW.getTime() - 7 * DAY - 1).toISOString() }, {}],
    ['stale', { createdAt: new Date(NOW.getTime() + 5 * 60_000 + 1).toISOString() }, {}],
    ['stale', {}, { signedAt: new Date(NOW.getTime() - 7 * DAY - 1) }],
    [null, { createdAt: new Date(NOW.getTime() - 7 * DAY).toISOString() }, {}],
    [null, { createdAt: new Date(NOW.getTime() + 5 * 60_000).toISOString() }, {}],
    [null, { createdAt: '2026-11-02T10:00:00+01:00' }, {}],
  ] as const)('%s', (reason, changes, given) => {
    expect(checkManifest(manifest(changes), { ...expected, ...given })).toBe(reason);
  });

  it('who sent it is judged first: of another agency’s batch nothing more is told', () => {
    const wrong = manifest({ sender: 'gedling', recipient: 'B'.repeat(40), createdAt: '2020-01-01T00:00:00Z' });
    expect(checkManifest(wrong, expected)).toBe('wrong_sender');
  });
});

describe('the rows', () => {
  const read = (body: Uint8Array, rows: number, digest = sha256(body)) =>
    readLines(manifest({ rows, sha256: digest }), Buffer.from(body));

  const textsOf = (result: ReturnType<typeof read>) => 'lines' in result && result.lines.texts();

  it('are the lines, the last with or without its newline', () => {
    for (const text of ['a\nb\n', 'a\nb']) expect(textsOf(read(Buffer.from(text), 2))).toEqual(['a', 'b']);
    expect(textsOf(read(Buffer.alloc(0), 0))).toEqual([]);
    expect(textsOf(read(Buffer.from('\n'), 1))).toEqual(['']);
  });

  it.each([
    ['digest_mismatch', 'a\n', 1, 'b'.repeat(64)],
    ['count_mismatch', 'a\nb\n', 1, undefined],
    ['count_mismatch', 'a\n', 2, undefined],
    ['count_mismatch', '', 1, undefined],
    ['too_large', '\n'.repeat(250_001), 250_001, undefined],
  ])('%s', (reason, text, rows, digest) => {
    expect(read(Buffer.from(text), rows, digest)).toEqual({ reason });
  });

  it('malformed when not UTF-8', () => {
    expect(read(Buffer.of(0x7b, 0xff, 0x7d), 1)).toEqual({ reason: 'malformed' });
  });

  it('come back byte for byte, so that the digest in the audit is over what was signed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ''))), (lines) => {
        const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const result = read(body, lines.length);
        expect('lines' in result && result.lines.octets()).toEqual(lines.map((line) => Buffer.from(line)));
      }),
      { seed: 7 },
    );
  });
});
