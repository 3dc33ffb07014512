import { createMessage, readMessage, sign, type PrivateKey } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { withoutArmour } from './armour.js';
import { DEFAULT_OPEN_LIMITS, openingConfig, strictConfig, type OpenLimits } from './config.js';
import type { OpenedMessage } from './decrypting.js';
import { requireOneSignature } from './layout.js';
import { NotPackets, packetOutline, TAG } from './packet-outline.js';
import { readSecretKey, type RegisteredKey } from './read-keys.js';
import type { OpenResult } from './open.js';
import { Refusal } from './refusal.js';
import { verifySigner } from './signer.js';

/**
 * Signs without encrypting, for what holds no person data: an acknowledgement. The hub's certificate has one encryption
 * subkey, whose secret only `ingest` holds; a second one would be taken for feeds by clients that choose the newest.
 *
 * @returns the message's bytes, binary; `gpg --sign` makes the same
 * @throws CryptoError `not_a_private_key`, `key_locked`, `seal_failed`
 */
export async function signMessage(request: {
  payload: Uint8Array;
  signer: string | PrivateKey;
  date?: Date;
}): Promise<Uint8Array> {
  const signer = typeof request.signer === 'string' ? await readSecretKey(request.signer) : request.signer;
  const date = request.date ?? new Date();
  const message = await createMessage({ binary: request.payload, date });
  try {
    return await sign({ message, signingKeys: signer, date, format: 'binary', config: strictConfig });
  } catch (cause) {
    throw new CryptoError('seal_failed', 'The key for signing is expired, revoked, weak or unfit', { cause });
  }
}

export interface SignedRequest {
  /** Binary or ASCII-armoured, not cleartext-signed. */
  message: Uint8Array;
  now: Date;
  /** As in `OpenRequest`. */
  signers: readonly RegisteredKey[];
  allKnownSigners?: readonly RegisteredKey[];
  limits?: Partial<OpenLimits>;
}

const READABLE = new Set<number>([TAG.signature, TAG.onePassSignature, TAG.compressed, TAG.literal, TAG.marker]);

/** Opens a signed message that is not encrypted. Never throws for what is in it; same rules and refusals as `openMessage`. */
export async function openSignedMessage(request: SignedRequest): Promise<OpenResult> {
  try {
    return { ok: true, ...(await open(request)) };
  } catch (error) {
    return { ok: false, code: error instanceof Refusal ? error.code : 'malformed' };
  }
}

async function open(request: SignedRequest) {
  const limits = { ...DEFAULT_OPEN_LIMITS, ...request.limits };
  const config = openingConfig(limits);
  if (request.message.length > limits.maxMessageBytes) throw new Refusal('too_large');
  const bytes = await withoutArmour(request.message);
  requireReadable(bytes);
  const message = (await readMessage({ binaryMessage: bytes, config })) as OpenedMessage;
  requireOneSignature(message);
  const { signers, allKnownSigners = [], now } = request;
  const { clockSkewMs, maxSignatureAgeMs } = limits;
  const verified = await verifySigner(message, {
    signers,
    allKnownSigners,
    now,
    clockSkewMs,
    maxSignatureAgeMs,
    config,
  });
  const payload = message.getLiteralData();
  if (!payload) throw new Refusal('malformed');
  if (payload.length > limits.maxPayloadBytes) throw new Refusal('too_large');
  return { payload, ...verified };
}

function requireReadable(bytes: Uint8Array): void {
  try {
    for (const { tag } of packetOutline(bytes)) if (!READABLE.has(tag)) throw new Refusal('malformed');
  } catch (cause) {
    throw cause instanceof NotPackets ? new Refusal('malformed', { cause }) : cause;
  }
}
