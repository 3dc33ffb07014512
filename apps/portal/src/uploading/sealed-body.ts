import { HubError } from '#contracts';
import type { Request } from 'express';
import { packetOutline, TAG } from '../../../../libs/crypto/src/openpgp/packet-outline.js';

/** What a Kafka topic of feeds takes (contracts.md). */
export const MAX_BODY = 1024 * 1024;

/**
 * The body of a request, read only now that its sender is known and allowed.
 * @throws HubError `unsupported_media_type` (anything a form can send) · `too_large` · `bad_request` (cut off)
 */
export async function readBody(request: Request): Promise<Buffer> {
  if (request.headers['content-type'] !== 'application/octet-stream')
    throw new HubError('unsupported_media_type', 'A sealed batch is sent as application/octet-stream.');
  const parts: Buffer[] = [];
  let size = Number(request.headers['content-length'] ?? 0);
  if (size > MAX_BODY) throw tooLarge(request);
  size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > MAX_BODY) break;
      parts.push(part);
    }
  } catch (cause) {
    throw new HubError('bad_request', 'The batch was cut off on its way. Send it again.', { cause });
  }
  if (size > MAX_BODY) throw tooLarge(request);
  return Buffer.concat(parts);
}

function tooLarge(request: Request): HubError {
  request.resume();
  return new HubError('too_large', 'A batch is at most 1 MiB. Cut the submission into smaller batches.');
}

/**
 * That a body is an encrypted OpenPGP message from its first octet to its last. Nothing is opened; but nothing that anyone can read is
 * put on Kafka or into the outbox (product.md, rule 9), whatever a broken page sends.
 * @throws HubError `not_encrypted_to_hub`
 */
export function requireSealed(body: Buffer): void {
  const tags: number[] = [];
  try {
    for (const { tag } of packetOutline(body)) tags.push(tag);
  } catch {
    tags.length = 0;
  }
  const keys = tags.slice(0, -1);
  if (keys.length > 0 && keys.every((tag) => tag === TAG.publicKeySessionKey) && tags.at(-1) === TAG.encryptedProtected)
    return;
  throw new HubError('not_encrypted_to_hub', 'This is not a sealed batch. Nothing of it was kept.');
}
