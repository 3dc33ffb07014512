import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMessage } from '../openpgp/open.js';
import { fingerprintOf } from '../openpgp/fingerprint.js';
import { generateAgencyKey } from '../openpgp/generate.js';
import { readRegisteredKey } from '../openpgp/read-keys.js';
import { sealMessage } from '../openpgp/seal.js';
import { BatchSealer } from '../records/batch-sealer.js';
import { RecordOpener } from '../records/record-opener.js';
import { createHubKeys, rotateRecordKey } from './create-hub-keys.js';
import { FileKeyProvider } from './file-key-provider.js';
import { KEY_FILES } from './key-files.js';

let dir: string;
let provider: FileKeyProvider;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hub-keys-'));
  provider = new FileKeyProvider(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const contents = () =>
  Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]));

describe('createHubKeys', () => {
  it('makes every file, readable by its owner alone, and leaves nothing else', async () => {
    const { created, fingerprint } = await createHubKeys(dir, { hubId: 'test' });
    expect(readdirSync(dir).sort()).toEqual(Object.values(KEY_FILES).sort());
    expect(created.sort()).toEqual(Object.values(KEY_FILES).sort());
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(fingerprintOf(await provider.hubOpenPgpPublicKey())).toBe(fingerprint);
  });

  it('changes nothing when it runs again', async () => {
    const first = await createHubKeys(dir, { hubId: 'test' });
    const before = contents();
    expect(await createHubKeys(dir, { hubId: 'test' })).toEqual({ fingerprint: first.fingerprint, created: [] });
    expect(contents()).toEqual(before);
  });

  it('goes on where a crash left it: derived files come from the private ones that were kept', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    const before = contents();
    for (const name of [KEY_FILES.recordPublic, KEY_FILES.hubPublic, KEY_FILES.hubOpening]) unlinkSync(join(dir, name));
    await createHubKeys(dir, { hubId: 'test' });
    expect(contents()[KEY_FILES.recordPublic]).toBe(before[KEY_FILES.recordPublic]);
    expect(contents()[KEY_FILES.hubPublic]).toBe(before[KEY_FILES.hubPublic]);
  });

  it('makes one set when two processes run it at once', async () => {
    const [one, two] = await Promise.all([
      createHubKeys(dir, { hubId: 'test' }),
      createHubKeys(dir, { hubId: 'test' }),
    ]);
    expect(one.fingerprint).toBe(two.fingerprint);
    await expectKeysToFit();
  });

  it('will not make a second hub key when the primary was taken offline and a part is gone', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    unlinkSync(join(dir, KEY_FILES.hubPrimary));
    await createHubKeys(dir, { hubId: 'test' });
    unlinkSync(join(dir, KEY_FILES.hubPacks));
    await expect(createHubKeys(dir, { hubId: 'test' })).rejects.toMatchObject({ code: 'key_missing' });
  });
});

describe('FileKeyProvider', () => {
  it('gives keys that fit each other', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    await expectKeysToFit();
    expect((await provider.ledgerKey()).asymmetricKeyType).toBe('ed25519');
    expect(await provider.sessionSecret()).toMatch(/^[\w-]{43}$/);
    expect((await provider.blindIndexKey()).current).toBe(1);
  });

  it('opens old records after the record key was rotated, and seals with the new one', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    const old = await sealedRecord();
    expect(await rotateRecordKey(dir)).toBe(2);
    const fresh = await sealedRecord();
    expect([old.keyVersion, fresh.keyVersion]).toEqual([1, 2]);
    const opener = new RecordOpener(await provider.recordPrivateKeys());
    for (const record of [old, fresh]) expect(opener.open(row, record).toString()).toBe('x');
  });

  it('works with only the files of a service, and says which one is missing and how to make it', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    for (const name of readdirSync(dir)) if (name !== KEY_FILES.recordPublic) unlinkSync(join(dir, name));
    await expect(provider.recordPublicKey()).resolves.toMatchObject({ keyVersion: 1 });
    await expect(provider.recordPrivateKeys()).rejects.toMatchObject({
      code: 'key_missing',
      message: expect.stringMatching(/record\.private\.pem.*createHubKeys/),
    });
    await expect(provider.hubOpenPgpOpeningKey()).rejects.toMatchObject({ code: 'key_missing' });
  });

  it('refuses a private key file that others can read, and takes a public one', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    chmodSync(join(dir, KEY_FILES.ledger), 0o640);
    chmodSync(join(dir, KEY_FILES.recordPublic), 0o644);
    await expect(provider.ledgerKey()).rejects.toMatchObject({ code: 'key_permissions' });
    await expect(provider.recordPublicKey()).resolves.toBeDefined();
  });

  it('refuses a file that holds another kind of key, without quoting it', async () => {
    await createHubKeys(dir, { hubId: 'test' });
    const record = readFileSync(join(dir, KEY_FILES.recordPrivate), 'utf8');
    writeFileSync(join(dir, KEY_FILES.ledger), record);
    writeFileSync(join(dir, KEY_FILES.session), 'short');
    for (const act of [() => provider.ledgerKey(), () => provider.sessionSecret()]) {
      await expect(act()).rejects.toMatchObject({ code: 'key_unreadable' });
      await expect(act()).rejects.toEqual(expect.not.objectContaining({ cause: expect.anything() }));
    }
  });
});

const row = { table: 'record', column: 'person', rowId: '1' };

async function sealedRecord() {
  const { keyVersion, publicKey } = await provider.recordPublicKey();
  const sealer = new BatchSealer(publicKey, keyVersion);
  return { ...sealer.seal(row, Buffer.from('x')), ephemeralPublicKey: sealer.ephemeralPublicKey, keyVersion };
}

async function expectKeysToFit(): Promise<void> {
  const opener = new RecordOpener(await provider.recordPrivateKeys());
  expect(opener.open(row, await sealedRecord()).toString()).toBe('x');

  const agency = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield' });
  const signers = [await readRegisteredKey('ashfield', agency.publicKeyArmored)];
  const message = await sealMessage({
    payload: Buffer.from('x'),
    recipients: [await provider.hubOpenPgpPublicKey()],
    signer: agency.privateKeyArmored,
  });
  const open = async (key: 'hubOpenPgpOpeningKey' | 'hubOpenPgpPacksKey') =>
    openMessage({ message, decryptionKeys: [await provider[key]()], now: new Date(), signers });
  expect(await open('hubOpenPgpOpeningKey')).toMatchObject({ ok: true });
  expect(await open('hubOpenPgpPacksKey')).toEqual({ ok: false, code: 'not_encrypted_to_hub' });
}
