import { describe, expect, it } from '@jest/globals';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import {
  emptyRoot,
  formatProof,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseProof,
  parseVkey,
  signCheckpoint,
  verifyCheckpoint,
  verifyNote,
  verifyProof,
  vkeyOf,
} from '../index.js';

const SEED = { seed: 20261103, numRuns: 200 };
// c2sp.org/signed-note, "Example".
const SPEC_VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const SPEC_NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
// c2sp.org/tlog-checkpoint, the example at its head.
const SPEC_CHECKPOINT = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

const ORIGIN = 'mash-hub/test';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const vkey = vkeyOf(ORIGIN, publicKey);
const head = { origin: ORIGIN, size: 1, root: leafHash(Buffer.from('only')) };
const checkpoint = signCheckpoint(head, privateKey);

const coded = (code: string): unknown => expect.objectContaining({ code });
function flipBit(text: string, bit: number): string | null {
  const bytes = Buffer.from(text);
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] as number) ^ (1 << (bit % 8));
  const changed = bytes.toString('utf8');
  return Buffer.from(changed).equals(bytes) ? changed : null;
}

describe('signed notes', () => {
  it("the standard's example verifies with the standard's key", () => {
    const key = parseVkey(SPEC_VKEY);
    expect(key.name).toBe('example.com/foo');
    expect(key.keyId.toString('hex')).toBe('530d903a');
    expect(vkeyOf('example.com/foo', key.publicKey)).toBe(SPEC_VKEY);
    expect(() => verifyNote(parseNote(SPEC_NOTE), key)).not.toThrow();
  });

  it('no note with one changed bit verifies', () => {
    const key = parseVkey(SPEC_VKEY);
    for (let bit = 0; bit < Buffer.byteLength(SPEC_NOTE) * 8; bit++) {
      const changed = flipBit(SPEC_NOTE, bit);
      if (changed !== null) expect(() => verifyNote(parseNote(changed), key)).toThrow();
    }
  });

  it('the last empty line divides text and signatures', () => {
    const note = parseNote('first\n\nsecond\n\n— a.example AAAAAAA=\n');
    expect(note.text).toBe('first\n\nsecond\n');
    expect(note.signatures).toEqual([{ name: 'a.example', keyId: Buffer.alloc(4), signature: Buffer.alloc(1) }]);
  });

  it.each([
    ['no signatures', 'text\n'],
    ['no empty line', 'text\n— a AAAAAAA=\n'],
    ['an unfinished last line', 'text\n\n— a AAAAAAA='],
    ['a hyphen for the dash', 'text\n\n- a AAAAAAA=\n'],
    ['two spaces', 'text\n\n—  a AAAAAAA=\n'],
    ['a plus in the name', 'text\n\n— a+b AAAAAAA=\n'],
    ['a no-break space in the name', 'text\n\n— a\u00a0b AAAAAAA=\n'],
    ['base64 that is not canonical', 'text\n\n— a AAAAAAB=\n'],
    ['a signature too short for a key ID', 'text\n\n— a AAAAAA==\n'],
    ['a carriage return', 'text\r\n\n— a AAAAAAA=\n'],
    ['a lone surrogate', 'te\ud800xt\n\n— a AAAAAAA=\n'],
    ['101 signatures', `text\n\n${'— a AAAAAAA=\n'.repeat(101)}`],
  ])('with %s are refused', (_, note) => {
    expect(() => parseNote(note)).toThrow(coded('note_malformed'));
  });

  it('signatures of other keys are ignored, a wrong one of our key never', () => {
    const key = parseVkey(vkey);
    const witness = '— witness.example AAAAAAA=\n';
    expect(verifyCheckpoint(checkpoint + witness, vkey)).toEqual(head);
    const forged = `— ${ORIGIN} ${Buffer.concat([key.keyId, Buffer.alloc(64)]).toString('base64')}\n`;
    expect(() => verifyCheckpoint(checkpoint + forged, vkey)).toThrow(coded('signature_invalid'));
  });
});

describe('verifier keys', () => {
  it.each([
    ['another key ID', SPEC_VKEY.replace('530d903a', '530d903b')],
    ['an upper-case key ID', SPEC_VKEY.replace('530d903a', '530D903A')],
    ['another name', SPEC_VKEY.replace('foo', 'fop')],
    ['another type', SPEC_VKEY.replace('Aeky', 'Beky')],
    ['space after it', `${SPEC_VKEY} `],
    ['a part missing', 'example.com/foo+530d903a'],
    ['nothing', ''],
  ])('with %s are refused', (_, text) => {
    expect(() => parseVkey(text)).toThrow(coded('key_invalid'));
  });

  it('are the same made from the public and from the private half', () => {
    expect(vkeyOf(ORIGIN, privateKey)).toBe(vkey);
    expect(vkeyOf(ORIGIN, createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })))).toBe(vkey);
    expect(() => vkeyOf(ORIGIN, generateKeyPairSync('x25519').publicKey)).toThrow(coded('key_invalid'));
    expect(() => vkeyOf('mash hub', publicKey)).toThrow(coded('name_invalid'));
    expect(() => vkeyOf('mash+hub', publicKey)).toThrow(coded('name_invalid'));
  });
});

describe('checkpoints', () => {
  it("the standard's example is read", () => {
    const { origin, size, root, extensions } = parseCheckpoint(SPEC_CHECKPOINT);
    expect({ origin, size, extensions }).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      extensions: [],
    });
    expect(root.toString('base64')).toBe('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=');
  });

  it('are signed and verified, the empty log too', () => {
    expect(verifyCheckpoint(checkpoint, vkey)).toEqual(head);
    const empty = { origin: ORIGIN, size: 0, root: emptyRoot() };
    expect(verifyCheckpoint(signCheckpoint(empty, privateKey), vkey)).toEqual(empty);
  });

  it('of another key, another log or with a bit changed do not verify', () => {
    const other = generateKeyPairSync('ed25519');
    expect(() => verifyCheckpoint(checkpoint, vkeyOf(ORIGIN, other.publicKey))).toThrow(coded('checkpoint_unsigned'));
    expect(() => verifyCheckpoint(checkpoint, vkeyOf('mash-hub/other', publicKey))).toThrow(coded('origin_mismatch'));
    for (let bit = 0; bit < Buffer.byteLength(checkpoint) * 8; bit++) {
      const changed = flipBit(checkpoint, bit);
      if (changed !== null) expect(() => verifyCheckpoint(changed, vkey)).toThrow();
    }
  });

  it.each([
    ['a leading zero', checkpoint.replace('\n1\n', '\n01\n')],
    ['a size beyond 2^53', checkpoint.replace('\n1\n', '\n9007199254740993\n')],
    ['a negative size', checkpoint.replace('\n1\n', '\n-1\n')],
    ['no root', 'mash-hub/test\n1\n\n— a AAAAAAA=\n'],
    ['a short root', 'mash-hub/test\n1\nAAAA\n\n— a AAAAAAA=\n'],
    ['no origin', checkpoint.replace('mash-hub/test\n', '\n')],
  ])('with %s are refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(coded('checkpoint_malformed'));
  });
});

describe('proofs as text', () => {
  const proof = { index: 0, proof: [], checkpoint };

  it('have the form of tlog-proof and verify offline', () => {
    const text = formatProof(proof);
    expect(text).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${checkpoint}`);
    expect(verifyProof(Buffer.from('only'), text, vkey)).toEqual({
      index: 0,
      size: 1,
      origin: ORIGIN,
      root: head.root,
    });
    expect(() => verifyProof(Buffer.from('other'), text, vkey)).toThrow(coded('proof_invalid'));
  });

  it('are read back as what they were written from', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    const extra = fc.option(fc.uint8Array({ minLength: 1, maxLength: 40 }), { nil: undefined });
    fc.assert(
      fc.property(fc.nat(), fc.array(hash, { maxLength: 40 }), extra, (index, hashes, more) => {
        const written = { index, proof: hashes, checkpoint, ...(more ? { extra: Buffer.from(more) } : {}) };
        expect(parseProof(formatProof(written))).toEqual(written);
      }),
      SEED,
    );
  });

  it.each([
    ['another version', formatProof(proof).replace('@v1', '@v2')],
    ['no index', formatProof(proof).replace('index 0\n', '')],
    ['a leading zero', formatProof(proof).replace('index 0', 'index 00')],
    ['a short hash', formatProof(proof).replace('index 0\n', 'index 0\nAAAA\n')],
    ['broken extra data', formatProof(proof).replace('index', 'extra !\nindex')],
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 0\n'],
  ])('with %s are refused', (_, text) => {
    expect(() => parseProof(text)).toThrow(coded('proof_malformed'));
  });
});
