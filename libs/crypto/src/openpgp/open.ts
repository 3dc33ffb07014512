import type { PrivateKey } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { withoutArmour } from './armour.js';
import { DEFAULT_OPEN_LIMITS, openingConfig, type OpenLimits } from './config.js';
import { decryptEnvelope } from './decrypting.js';
import { requireEnvelope } from './envelope.js';
import { requireOneSignature } from './layout.js';
import type { RegisteredKey } from './read-keys.js';
import { Refusal, type OpenRefusalCode } from './refusal.js';
import { verifySigner, type VerifiedSigner } from './signer.js';

export interface OpenRequest {
  /** Binary or ASCII-armoured. */
  message: Uint8Array;
  /** The reader's unlocked private keys. */
  decryptionKeys: readonly PrivateKey[];
  now: Date;
  /** The keys that may have signed: those of the topic's agency at the hub, the hub's own at an agency. */
  signers: readonly RegisteredKey[];
  /** Every registered key, so that another agency's signature is told apart (`wrong_sender`) from a stranger's. */
  allKnownSigners?: readonly RegisteredKey[];
  limits?: Partial<OpenLimits>;
}

export type OpenResult =
  { ok: true; payload: Uint8Array; signer: VerifiedSigner; signedAt: Date } | { ok: false; code: OpenRefusalCode };

/**
 * Opens a sealed message. Never throws for what is in `message`, and gives the payload only when the whole of it was
 * decrypted, its integrity checked and its one signature verified against a key allowed to make it.
 *
 * It does not tell whether the message was meant for this reader or is fresh: check the manifest inside for that.
 *
 * @throws CryptoError `no_decryption_key` when it is given no usable key to open with
 */
export async function openMessage(request: OpenRequest): Promise<OpenResult> {
  if (!request.decryptionKeys.some((key) => key.isDecrypted())) {
    throw new CryptoError('no_decryption_key', 'Opening needs an unlocked private key');
  }
  try {
    return { ok: true, ...(await open(request)) };
  } catch (error) {
    // Whatever a parser trips over in foreign bytes is a refusal: fail closed, and let the partition go on.
    return { ok: false, code: error instanceof Refusal ? error.code : 'malformed' };
  }
}

async function open(request: OpenRequest): Promise<{ payload: Uint8Array; signer: VerifiedSigner; signedAt: Date }> {
  const limits = { ...DEFAULT_OPEN_LIMITS, ...request.limits };
  const config = openingConfig(limits);
  if (request.message.length > limits.maxMessageBytes) throw new Refusal('too_large');

  const bytes = await withoutArmour(request.message);
  requireEnvelope(bytes, limits.maxSessionKeyPackets);
  const opened = await decryptEnvelope(bytes, [...request.decryptionKeys], config);
  requireOneSignature(opened);
  const verified = await verifySigner(opened, {
    signers: request.signers,
    allKnownSigners: request.allKnownSigners ?? [],
    now: request.now,
    clockSkewMs: limits.clockSkewMs,
    maxSignatureAgeMs: limits.maxSignatureAgeMs,
    config,
  });

  const payload = opened.getLiteralData();
  if (!payload) throw new Refusal('malformed');
  if (payload.length > limits.maxPayloadBytes) throw new Refusal('too_large');
  return { payload, ...verified };
}
