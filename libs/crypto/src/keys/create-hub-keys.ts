import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { CryptoError } from '../crypto-error.js';
import { fingerprintOf } from '../openpgp/fingerprint.js';
import { generateHubKey } from '../openpgp/generate.js';
import { splitHubKey } from '../openpgp/hub-key.js';
import { readPublicKey, readSecretKey } from '../openpgp/read-keys.js';
import { strictConfig } from '../openpgp/config.js';
import { generateRecordKeyPair } from '../records/record-key.js';
import { KEY_FILES, keyFileExists, readKeyFile, versionedName, versionsOf, writeNewKeyFile } from './key-files.js';

/**
 * Makes the keys of a hub that are not there yet, each in its file (mode 0600), and changes none that is. Safe to run
 * again after a crash and by two processes at once: what can be derived is derived from the private file that was kept.
 *
 * The hub has one OpenPGP certificate, so that agencies compare one fingerprint and manifests name one recipient.
 * `hub.opening.asc` and `hub.packs.asc` hold only the secret subkeys of their duty (the primary's secret is left
 * out), so disclosure can sign packs and cannot open a feed. `hub.primary.asc` is for no service: it makes new subkeys
 * and revocations, and belongs offline once the rest is made.
 *
 * @returns the hub's fingerprint (upper-case hex) and the files this call wrote
 * @throws CryptoError `key_missing` where a part is gone and what it is derived from too
 */
export async function createHubKeys(
  dir: string,
  options: { hubId: string; expiresInDays?: number },
): Promise<{ fingerprint: string; created: string[] }> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const created: string[] = [];
  const write = async (name: string, content: () => string | Promise<string>): Promise<void> => {
    if (await keyFileExists(dir, name)) return;
    if (await writeNewKeyFile(dir, name, await content())) created.push(name);
  };

  await write(KEY_FILES.blindIndex, () => newSecret('base64'));
  await write(KEY_FILES.session, () => newSecret('base64url'));
  await write(KEY_FILES.ledger, () => pem(generateKeyPairSync('ed25519').privateKey));
  await createRecordKey(dir, 1, write);
  await createOpenPgpKeys(dir, options, write);

  const certificate = await readPublicKey(await readKeyFile(dir, KEY_FILES.hubPublic));
  return { fingerprint: fingerprintOf(certificate), created };
}

/** Adds the next version of the record key pair; older versions stay, to open what they sealed. @returns the new version */
export async function rotateRecordKey(dir: string): Promise<number> {
  const version = Math.max(0, ...(await versionsOf(dir, KEY_FILES.recordPublic))) + 1;
  await createRecordKey(dir, version, async (name, content) => {
    await writeNewKeyFile(dir, name, await content());
  });
  return version;
}

type Write = (name: string, content: () => string | Promise<string>) => Promise<void>;

async function createRecordKey(dir: string, version: number, write: Write): Promise<void> {
  const [publicName, privateName] = [KEY_FILES.recordPublic, KEY_FILES.recordPrivate].map((name) =>
    versionedName(name, version),
  ) as [string, string];
  // A public half without its private one is how a sealing-only directory looks: a new private key would not fit it.
  if (await keyFileExists(dir, publicName)) return;
  await write(privateName, () => pem(generateRecordKeyPair().privateKey));
  const privateKey = createPrivateKey(await readKeyFile(dir, privateName));
  await write(publicName, () => createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString());
}

async function createOpenPgpKeys(
  dir: string,
  options: { hubId: string; expiresInDays?: number },
  write: Write,
): Promise<void> {
  const parts = [KEY_FILES.hubOpening, KEY_FILES.hubPacks, KEY_FILES.hubPublic];
  const there = await Promise.all(parts.map((name) => keyFileExists(dir, name)));
  if (there.every(Boolean)) return;
  if (there.some(Boolean) && !(await keyFileExists(dir, KEY_FILES.hubPrimary))) {
    const gone = parts.filter((_, i) => !there[i]).join(', ');
    throw new CryptoError('key_missing', `${gone} missing: bring ${KEY_FILES.hubPrimary} back to make it again`);
  }
  await write(KEY_FILES.hubPrimary, async () => (await generateHubKey(options)).privateKeyArmored);
  const primary = await readKeyFile(dir, KEY_FILES.hubPrimary);
  const { openingKeyArmored, packsKeyArmored } = await splitHubKey(primary);
  await write(KEY_FILES.hubOpening, () => openingKeyArmored);
  await write(KEY_FILES.hubPacks, () => packsKeyArmored);
  await write(KEY_FILES.hubPublic, async () => (await readSecretKey(primary)).toPublic().armor(strictConfig));
}

function newSecret(encoding: 'base64' | 'base64url'): string {
  return `${randomBytes(32).toString(encoding)}\n`;
}

function pem(privateKey: ReturnType<typeof generateRecordKeyPair>['privateKey']): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
