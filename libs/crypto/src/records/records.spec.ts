import { describe, expect, it } from '@jest/globals';
import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { CryptoError } from '../crypto-error.js';
import { BatchSealer } from './batch-sealer.js';
import { generateRecordKeyPair } from './record-key.js';
import { RecordOpener, type StoredRecord } from './record-opener.js';

const SEED = 20261102;
const pair = generateRecordKeyPair();
const opener = new RecordOpener(new Map([[3, pair.privateKey]]));
const row = { table: 'record', column: 'person', rowId: '0198-row' };
const plaintext = Buffer.from('{"surname":"Invented"}');

function sealed(text = plaintext, identity = row): StoredRecord {
  const sealer = new BatchSealer(pair.publicKey, 3);
  return { ...sealer.seal(identity, text), ephemeralPublicKey: sealer.ephemeralPublicKey, keyVersion: 3 };
}
const refused = (act: () => unknown, ...codes: string[]) => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(CryptoError);
    expect(codes).toContain((error as CryptoError).code);
    return;
  }
  throw new Error('was opened');
};

describe('a sealed record', () => {
  it('opens to what was sealed, whatever its bytes', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(opener.open(row, sealed(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
    });
    fc.assert(property, { seed: SEED, numRuns: 50 });
  });

  it('has its own key: equal rows of a batch share nothing', () => {
    const sealer = new BatchSealer(pair.publicKey, 3);
    const [one, two] = [sealer.seal(row, plaintext), sealer.seal(row, plaintext)];
    expect(one.ciphertext.equals(two.ciphertext)).toBe(false);
    expect(one.wrappedKey.subarray(1, 13).equals(two.wrappedKey.subarray(1, 13))).toBe(false);
    const batch = { ephemeralPublicKey: sealer.ephemeralPublicKey, keyVersion: 3 };
    refused(() => opener.open(row, { ...batch, ...one, wrappedKey: two.wrappedKey }), 'record_not_authentic');
  });

  it('is the format written above the codec (golden vector made by another implementation)', () => {
    const seed = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), Buffer.alloc(32, 1)]);
    const privateKey = createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' });
    const golden: StoredRecord = {
      ciphertext: Buffer.from(
        '01093c45c1b5a0cf9f30e06eeb025c9b55423ec78a28adf36f03cf7e289a0c7b0d04040404040404040404040450c0651000138743e125d5649f7409c5942af6ec80f61ca8c9ef4d1c0723ca7ea71c',
        'hex',
      ),
      wrappedKey: Buffer.from(
        '010505050505050505050505059710e72f575aec6c8f993d3304c1f7b7f9c6d7197d68678a84350e1d00d3c8770f8cd368bef5dcea77a87e695ce49d51',
        'hex',
      ),
      ephemeralPublicKey: Buffer.from('ce8d3ad1ccb633ec7b70c17814a5c76ecd029685050d344745ba05870e587d59', 'hex'),
      keyVersion: 3,
    };
    const opened = new RecordOpener(new Map([[3, privateKey]])).open({ ...row, rowId: '0198-golden' }, golden);
    expect(opened.toString()).toBe('an invented person');
  });

  it('never opens with any one bit changed, in ciphertext or wrapped key', () => {
    const record = sealed();
    for (const part of ['ciphertext', 'wrappedKey'] as const) {
      for (let bit = 0; bit < record[part].length * 8; bit++) {
        const changed = Buffer.from(record[part]);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        refused(() => opener.open(row, { ...record, [part]: changed }), 'record_not_authentic', 'record_malformed');
      }
    }
  });

  it('never opens when it is cut short or lengthened', () => {
    const record = sealed();
    for (const part of ['ciphertext', 'wrappedKey'] as const) {
      for (let length = 0; length < record[part].length; length++) {
        const changed = record[part].subarray(0, length);
        refused(() => opener.open(row, { ...record, [part]: changed }), 'record_not_authentic', 'record_malformed');
      }
      const longer = Buffer.concat([record[part], Buffer.of(0)]);
      refused(() => opener.open(row, { ...record, [part]: longer }), 'record_not_authentic', 'record_malformed');
    }
  });

  it('never opens in another place: table, column, row', () => {
    const record = sealed();
    for (const other of [{ table: 'quarantine' }, { column: 'fields' }, { rowId: '0198-other' }]) {
      refused(() => opener.open({ ...row, ...other }, record), 'record_not_authentic');
    }
  });

  it('never opens with another key, another version or another batch', () => {
    const record = sealed();
    const others = new Map([
      [3, generateRecordKeyPair().privateKey],
      [4, pair.privateKey],
    ]);
    const wrong = new RecordOpener(others);
    refused(() => wrong.open(row, record), 'record_not_authentic');
    refused(() => wrong.open(row, { ...record, keyVersion: 4 }), 'record_not_authentic');
    refused(() => wrong.open(row, { ...record, keyVersion: 5 }), 'unknown_key_version');
    const { ephemeralPublicKey } = sealed();
    refused(() => opener.open(row, { ...record, ephemeralPublicKey }), 'record_not_authentic');
  });

  it('never opens with an ephemeral key X25519 cannot agree with', () => {
    for (const ephemeralPublicKey of [Buffer.alloc(32), Buffer.alloc(31), Buffer.alloc(0)]) {
      refused(() => opener.open(row, { ...sealed(), ephemeralPublicKey }), 'record_malformed');
    }
  });

  it('opens after its batch was forgotten and agreed anew', () => {
    const small = new RecordOpener(new Map([[3, pair.privateKey]]), 2);
    const records = Array.from({ length: 5 }, () => sealed());
    for (const record of [...records, ...records]) expect(small.open(row, record)).toEqual(plaintext);
  });
});

describe('what cannot be built', () => {
  it('is a record in an ambiguous place', () => {
    for (const part of [{ table: 'a|b' }, { column: '' }, { rowId: '1|2' }]) {
      refused(() => sealed(plaintext, { ...row, ...part }), 'bad_record_identity');
    }
  });

  it('is a sealer or an opener with the wrong kind of key', () => {
    refused(() => new BatchSealer(pair.publicKey, 0), 'bad_key');
    refused(() => new RecordOpener(new Map([[1, pair.publicKey]])), 'bad_key');
  });
});
