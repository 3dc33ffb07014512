import { decryptSessionKeys, readMessage, type Config, type Message, type PrivateKey, type SessionKey } from 'openpgp';
import { Refusal } from './refusal.js';

/** What was inside the encryption: not yet verified, so not yet to be used. */
export type OpenedMessage = Message<Uint8Array>;

/**
 * Takes the encryption off a message whose envelope was accepted.
 * @throws Refusal `not_encrypted_to_hub` when no session key is for our keys, `too_compressed` when it grows past the
 *   bound or holds compression in compression, `malformed` for the rest (damaged, integrity check failed, bad grammar)
 */
export async function decryptEnvelope(
  bytes: Uint8Array,
  decryptionKeys: PrivateKey[],
  config: Config,
): Promise<OpenedMessage> {
  const message = await orMalformed(readMessage({ binaryMessage: bytes, config }));
  const sessionKey = await ourSessionKey(message, decryptionKeys, config);
  try {
    return (await message.decrypt(undefined, undefined, [sessionKey], undefined, config)) as OpenedMessage;
  } catch (cause) {
    throw new Refusal(isCompressionRefusal(cause) ? 'too_compressed' : 'malformed', { cause });
  }
}

async function ourSessionKey(message: OpenedMessage, keys: PrivateKey[], config: Config): Promise<SessionKey> {
  const ours = keys.flatMap((key) => key.getKeyIDs());
  const addressed = message.getEncryptionKeyIDs();
  const named = addressed.some((id) => ours.some((own) => own.equals(id)));
  const hidden = addressed.some((id) => /^0+$/.test(id.toHex()));
  if (!named && !hidden) throw new Refusal('not_encrypted_to_hub');

  const found = await decryptSessionKeys({ message, decryptionKeys: keys, config }).catch((cause: unknown) => {
    // A hidden recipient (key id zero) that none of our keys opens is someone else.
    throw new Refusal(named ? 'malformed' : 'not_encrypted_to_hub', { cause });
  });
  const [sessionKey] = found;
  // Two different session keys for one ciphertext: a message made to read differently to different keys.
  if (found.length !== 1 || !sessionKey) throw new Refusal('malformed');
  // The algorithm is null for version 2 protected packets, which carry it themselves; the type does not know that.
  return sessionKey as SessionKey;
}

async function orMalformed<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw new Refusal('malformed', { cause });
  }
}

/** OpenPGP.js has no error codes: these texts are pinned by tests with real bombs. */
function isCompressionRefusal(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (
      /Maximum decompressed (message )?size exceeded|not allowed in this context: compressedData/i.test(cause.message)
    ) {
      return true;
    }
  }
  return false;
}
