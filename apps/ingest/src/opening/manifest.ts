import { manifestSchema, type BatchRefusal, type Manifest } from '#contracts';
import { isUtf8 } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import { BatchLines, countLines } from './batch-lines.js';

/** A batch is fresh for a week: long enough for a broker that was down over a bank holiday, short enough to make hoarding useless. */
export const FRESH_MS = 7 * 24 * 3600 * 1000;
const SKEW_MS = 5 * 60 * 1000;

const NEWLINE = 0x0a;
/** More rows than a 64 MiB batch of real rows has. Millions of empty ones would fill the memory before the first is refused. */
const MAX_ROWS = 250_000;

export interface Expected {
  agency: string;
  /** fingerprint of the hub's key, upper-case hex */
  hub: string;
  now: Date;
  signedAt: Date;
}

/** The first line, parsed; null where it is no manifest. */
export function readManifest(payload: Buffer): { manifest: Manifest; body: Buffer } | null {
  const end = payload.indexOf(NEWLINE);
  const head = end === -1 ? payload : payload.subarray(0, end);
  if (head.length > 16_384) return null;
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(head)));
    return parsed.success
      ? { manifest: parsed.data, body: end === -1 ? Buffer.alloc(0) : payload.subarray(end + 1) }
      : null;
  } catch {
    return null;
  }
}

/**
 * Holds a manifest against what is known without it. The signature covers the manifest, so a batch re-encrypted to somebody else
 * still names the recipient it was made for.
 * @returns the reason to refuse, or null
 */
export function checkManifest(manifest: Manifest, expected: Expected): BatchRefusal | null {
  if (manifest.sender !== expected.agency) return 'wrong_sender';
  if (manifest.recipient !== expected.hub) return 'wrong_recipient';
  for (const at of [expected.signedAt.getTime(), Date.parse(manifest.createdAt)]) {
    const age = expected.now.getTime() - at;
    if (age > FRESH_MS || age < -SKEW_MS) return 'stale';
  }
  return null;
}

/** The body's lines, once digest and count agree with the manifest. */
export function readLines(manifest: Manifest, body: Buffer): { lines: BatchLines } | { reason: BatchRefusal } {
  const digest = createHash('sha256').update(body).digest();
  if (!timingSafeEqual(digest, Buffer.from(manifest.sha256, 'hex'))) return { reason: 'digest_mismatch' };
  const count = countLines(body);
  if (count > MAX_ROWS) return { reason: 'too_large' };
  if (count !== manifest.rows) return { reason: 'count_mismatch' };
  return isUtf8(body) ? { lines: new BatchLines(body, count) } : { reason: 'malformed' };
}
