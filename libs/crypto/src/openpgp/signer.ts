import { enums, type Config, type KeyID, type PublicKey, type SignaturePacket } from 'openpgp';
import type { OpenedMessage } from './decrypting.js';
import type { RegisteredKey } from './read-keys.js';
import { Refusal } from './refusal.js';

export interface VerifiedSigner {
  /** The registered key's primary fingerprint, upper-case hex. */
  fingerprint: string;
  /** Of the (sub)key that signed, upper-case hex. */
  keyId: string;
  agency: string;
}

export interface SignerRequest {
  /** The keys a message may be signed with here. */
  signers: readonly RegisteredKey[];
  /** All registered keys, only to tell a wrong sender from an unknown one. */
  allKnownSigners: readonly RegisteredKey[];
  now: Date;
  clockSkewMs: number;
  maxSignatureAgeMs: number;
  config: Config;
}

/**
 * Verifies the one signature of a message against the keys allowed to make it.
 * @throws Refusal `unknown_signer`: no registered key, or one not valid when it signed · `wrong_sender`: a good signature
 *   by someone else's registered key · `stale`: dated ahead of our clock by more than the skew, or longer ago than allowed ·
 *   `bad_signature`: anything else
 */
export async function verifySigner(
  message: OpenedMessage,
  request: SignerRequest,
): Promise<{ signer: VerifiedSigner; signedAt: Date }> {
  const { config, now } = request;
  const known = [...request.signers, ...request.allKnownSigners];
  const latest = new Date(now.getTime() + request.clockSkewMs);

  const results = await message
    .verify(
      known.map((key) => key.publicKey),
      latest,
      config,
    )
    .catch(badSignature);
  const [result] = results;
  if (!result || results.length !== 1) throw new Refusal('bad_signature');
  const signature = (await result.signature.catch(badSignature)).packets[0];
  // A text signature (type 1) covers the text with its line ends normalised, so not the very bytes we would hand on.
  if (!signature?.created || signature.signatureType !== enums.signature.binary) throw new Refusal('bad_signature');
  const signedAt = signature.created;

  // Allowed signers stand first: nobody else's key can hide theirs behind an equal 64-bit id.
  const key = known.find(({ publicKey }) => publicKey.getKeys(result.keyID).length > 0);
  if (!key) throw new Refusal('unknown_signer');
  if (key.revokedAt && key.revokedAt <= now) throw new Refusal('unknown_signer');
  // Before the key is judged at that date: "your clock is wrong" helps its sender, "unknown key" does not.
  if (signedAt > latest || now.getTime() - signedAt.getTime() > request.maxSignatureAgeMs) throw new Refusal('stale');
  if (!registrationCovers(key, signedAt)) throw new Refusal('unknown_signer');
  await requireValidThen(key.publicKey, result.keyID, signedAt, config);

  await result.verified.catch(badSignature);
  requireIssuer(signature, key.publicKey, result.keyID);
  if (!request.signers.includes(key)) throw new Refusal('wrong_sender');
  const signer = {
    fingerprint: key.fingerprint,
    keyId: result.keyID.toHex().toUpperCase(),
    agency: key.agency,
  };
  return { signer, signedAt };
}

function registrationCovers(key: RegisteredKey, signedAt: Date): boolean {
  if (key.validFrom && signedAt < key.validFrom) return false;
  return !(key.validUntil && signedAt >= key.validUntil);
}

/** Expiry and revocation as the certificate itself states them; a revocation for compromise counts at any date. */
async function requireValidThen(key: PublicKey, keyId: KeyID, signedAt: Date, config: Config): Promise<void> {
  try {
    await key.getSigningKey(keyId, signedAt, undefined, config);
  } catch (cause) {
    throw new Refusal('unknown_signer', { cause });
  }
}

/** Where the signature names its maker's whole fingerprint, the 64-bit key id alone is not enough. */
function requireIssuer(signature: SignaturePacket, key: PublicKey, keyId: KeyID): void {
  if (!signature.issuerFingerprint) return;
  const named = Buffer.from(signature.issuerFingerprint).toString('hex');
  if (!key.getKeys(keyId).some((candidate) => candidate.getFingerprint() === named)) throw new Refusal('bad_signature');
}

function badSignature(cause: unknown): never {
  throw new Refusal('bad_signature', { cause });
}
