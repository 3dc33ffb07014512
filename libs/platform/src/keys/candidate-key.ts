import { HubError } from '#contracts';
import { fingerprintOf, readRegisteredKey, type RegisteredKey } from '#crypto';
import { usableUntil } from './usable-until.js';

type PublicKey = RegisteredKey['publicKey'];

/** A public key somebody hands in, found fit to be registered. */
export interface CandidateKey {
  /** upper-case hex; shown to nobody until a second person has entered it */
  fingerprint: string;
  /** written anew from what was read: one key, nothing round it */
  publicKey: string;
  /** what it is made of, in words: `Ed25519 (signs), Curve25519 (encrypts)` */
  algorithms: string;
  expiresAt: Date | null;
}

/** An armoured key with a picture or a hundred signatures in it is no key for this. */
const MOST_CHARS = 64 * 1024;
const MOST_PARTS = 8;
const RSA_BITS = { least: 3072, most: 8192 };
const CURVES = ['ed25519Legacy', 'curve25519Legacy', 'nistP256', 'nistP384', 'nistP521'];
const WHOLE = ['ed25519', 'x25519'];

/**
 * Judges a key that is to be registered for an agency: one public key in ASCII armour, valid now, that can sign and be encrypted to,
 * every part of an algorithm and size we allow, and no part of it the hub's or already somebody's.
 * @param known every key that is registered, of whichever agency, the revoked too, and the hub's own under the agency `hub`
 * @throws HubError (422) `key_unreadable` `key_is_private` `key_several` `key_too_large` `key_not_valid` `key_weak` `key_of_hub`
 *   `key_of_another` `key_known`; each message says what to do
 */
export async function readCandidateKey(
  agency: string,
  text: string,
  known: readonly RegisteredKey[],
  now = new Date(),
): Promise<CandidateKey> {
  if (/-----BEGIN PGP PRIVATE KEY BLOCK-----/.test(text))
    throw refused(
      'key_is_private',
      'This is the private half, which must never leave the agency. It was not kept. Make a new key and hand in its public half.',
    );
  if (text.length > MOST_CHARS)
    throw refused(
      'key_too_large',
      'The key is larger than any we take. Export it without pictures and other people’s signatures.',
    );
  if ((text.match(/-----BEGIN PGP /g) ?? []).length > 1)
    throw refused('key_several', 'There is more than one key here. Hand in one at a time.');
  const { publicKey, fingerprint } = await read(agency, text, now);
  const parts = publicKey.getKeys();
  if (parts.length > MOST_PARTS)
    throw refused(
      'key_too_large',
      'The key has more subkeys than any we take. Make one with a signing and an encryption key only.',
    );
  for (const part of parts) requireAllowed(part.getAlgorithmInfo());
  requireNobodys(agency, publicKey, known);
  return {
    fingerprint,
    publicKey: publicKey.armor(),
    algorithms: algorithmsOf(publicKey),
    expiresAt: await usableUntil(publicKey, now),
  };
}

/** What a key is made of, in words. */
export function algorithmsOf(key: PublicKey): string {
  return [...new Set(key.getKeys().map((part) => inWords(part.getAlgorithmInfo())))].join(', ');
}

async function read(agency: string, text: string, now: Date): Promise<RegisteredKey> {
  try {
    return await readRegisteredKey(agency, text, now);
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'several_keys')
      throw refused('key_several', 'There is more than one key here. Hand in one at a time.');
    if (code === 'key_expired_or_revoked')
      throw refused(
        'key_not_valid',
        'The key has expired, is revoked, or is not valid yet. Make a new one, and check the clock it was made by.',
      );
    if (code === 'weak_key')
      throw refused(
        'key_weak',
        'The key needs a strong, valid part to sign with and one to encrypt to. “mash agency init” makes such a key.',
      );
    throw refused(
      'key_unreadable',
      'This is not an OpenPGP public key in text form. It begins with “-----BEGIN PGP PUBLIC KEY BLOCK-----”.',
    );
  }
}

interface Algorithm {
  algorithm: string;
  bits?: number;
  curve?: string;
}

function requireAllowed({ algorithm, bits = 0, curve }: Algorithm): void {
  const rsa = algorithm.startsWith('rsa') && bits >= RSA_BITS.least && bits <= RSA_BITS.most;
  if (rsa || WHOLE.includes(algorithm) || (curve !== undefined && CURVES.includes(curve))) return;
  throw refused(
    'key_weak',
    `A part of the key is ${inWords({ algorithm, bits, ...(curve ? { curve } : {}) })}, which we do not take: Ed25519 and Curve25519, NIST P-256 to P-521, or RSA of ${RSA_BITS.least} to ${RSA_BITS.most} bits.`,
  );
}

/** A subkey can be bound to a second primary: then two registrations would claim one signature. */
function requireNobodys(agency: string, key: PublicKey, known: readonly RegisteredKey[]): void {
  const parts = new Set(key.getKeys().map((part) => part.getFingerprint()));
  for (const other of known) {
    if (!other.publicKey.getKeys().some((part) => parts.has(part.getFingerprint()))) continue;
    if (other.agency === 'hub')
      throw refused('key_of_hub', 'This is the hub’s own key, or holds a part of it. Hand in the agency’s.');
    if (other.agency !== agency)
      throw refused(
        'key_of_another',
        'This key, or a part of it, is registered for another agency. Every agency makes its own.',
      );
    if (other.fingerprint === fingerprintOf(key) && !other.revokedAt)
      throw refused('key_known', 'This key is registered already. Nothing has to be done.');
    throw refused('key_known', 'This key, or a part of it, was registered before. Make a new one.');
  }
}

const WORDS: Record<string, string> = {
  ed25519: 'Ed25519',
  ed25519Legacy: 'Ed25519',
  x25519: 'Curve25519',
  curve25519Legacy: 'Curve25519',
  nistP256: 'NIST P-256',
  nistP384: 'NIST P-384',
  nistP521: 'NIST P-521',
};

function inWords({ algorithm, bits, curve }: Algorithm): string {
  if (algorithm.startsWith('rsa')) return `RSA ${bits}`;
  return WORDS[curve ?? algorithm] ?? `${algorithm}${curve ? ` (${curve})` : ''}`;
}

function refused(code: string, message: string): HubError {
  return new HubError(code, message, { status: 422 });
}
