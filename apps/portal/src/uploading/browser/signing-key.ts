import { HubError } from '#contracts';
import { encryptKey, type PrivateKey, readPrivateKey } from 'openpgp';
import {
  fingerprintForReadOut,
  fingerprintOf,
  generateAgencyKey,
  readSecretKey,
  strictConfig,
} from './openpgp-parts.js';

/** A signing key as a browser keeps it: the private half locked with its passphrase. */
export interface LockedKey {
  privateKeyArmored: string;
  publicKeyArmored: string;
  /** upper-case hex */
  fingerprint: string;
  /** in groups of four, to be read out */
  readOut: string;
}

export const SHORTEST_PASSPHRASE = 14;
/** How often a passphrase is hashed before it opens the key: 65 million octets, the most the format has; a third of a second. */
const SLOWEST = 255;

/**
 * Makes the agency a new key, locked.
 * @throws HubError `usage` where the passphrase is too short
 */
export async function makeSigningKey(agency: string, name: string, passphrase: string): Promise<LockedKey> {
  requireLongEnough(passphrase);
  const { privateKeyArmored } = await generateAgencyKey({ agency, name: name.replace(/[<>()]/g, ' ') });
  return lock(await readSecretKey(privateKeyArmored), passphrase);
}

/**
 * A key somebody has already, from a file or pasted. One without a passphrase is locked with the one given.
 * @throws HubError `usage` (no private key, passphrase too short) · `key_locked` (the passphrase does not open it)
 */
export async function takeSigningKey(privateKeyArmored: string, passphrase: string): Promise<LockedKey> {
  const key = await readKey(privateKeyArmored);
  const wasLocked = !key.isDecrypted();
  const open = wasLocked ? await unlock(privateKeyArmored, passphrase) : key;
  if (wasLocked) return told(privateKeyArmored, key);
  requireLongEnough(passphrase);
  return lock(open, passphrase);
}

/** Opens a locked key, for as long as the caller holds it. @throws HubError `key_locked` when the passphrase is wrong */
export async function unlock(privateKeyArmored: string, passphrase: string): Promise<PrivateKey> {
  try {
    return await readSecretKey(privateKeyArmored, passphrase);
  } catch (cause) {
    throw new HubError('key_locked', 'The passphrase does not open this key. Nothing was sent. Type it again.', {
      cause,
    });
  }
}

async function lock(privateKey: PrivateKey, passphrase: string): Promise<LockedKey> {
  const config = { ...strictConfig, s2kIterationCountByte: SLOWEST };
  const locked = await encryptKey({ privateKey, passphrase, config });
  return told(locked.armor(strictConfig), locked);
}

function told(privateKeyArmored: string, key: PrivateKey): LockedKey {
  const fingerprint = fingerprintOf(key);
  return {
    privateKeyArmored,
    publicKeyArmored: key.toPublic().armor(strictConfig),
    fingerprint,
    readOut: fingerprintForReadOut(fingerprint),
  };
}

async function readKey(armoredKey: string): Promise<PrivateKey> {
  try {
    return await readPrivateKey({ armoredKey, config: strictConfig });
  } catch (cause) {
    const isPublic = /-----BEGIN PGP PUBLIC KEY BLOCK-----/.test(armoredKey);
    throw new HubError(
      'usage',
      isPublic
        ? 'This is a public key. Signing needs the private one: its first line says PRIVATE KEY BLOCK.'
        : 'This is not an OpenPGP private key. Choose the file agency.key.asc, or one that gpg --export-secret-keys --armor wrote.',
      { cause },
    );
  }
}

function requireLongEnough(passphrase: string): void {
  if ([...passphrase].length >= SHORTEST_PASSPHRASE) return;
  throw new HubError(
    'usage',
    `Use a passphrase of at least ${SHORTEST_PASSPHRASE} characters: four or five unrelated words are good.`,
  );
}
