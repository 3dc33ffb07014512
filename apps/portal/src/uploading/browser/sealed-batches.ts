import type { FeedName, Manifest } from '#contracts';
import type { PrivateKey, PublicKey } from 'openpgp';
import { fingerprintOf, sealMessage } from './openpgp-parts.js';

/** A sealed message is a little larger than what it holds; the topic takes 1 MiB. */
const MAX_BATCH_BYTES = 900 * 1024;
const MAX_BATCH_ROWS = 5_000;

export interface ToSeal {
  agency: string;
  feed: FeedName;
  mode: 'full' | 'delta';
  /** rows as lines of JSON */
  lines: readonly string[];
  submission: string;
  /** rises within the agency and feed; milliseconds since 1970 do */
  sequence: number;
  extractedAt: Date;
  agencyKey: PrivateKey;
  hubKey: PublicKey;
}

export interface SealedBatch {
  /** counts from 1 */
  batch: number;
  batches: number;
  rows: number;
  message: Uint8Array;
}

/** One batch after the other, encrypted to the hub and signed by the agency (contracts.md, "A sealed feed batch"). */
export async function* sealedBatches(given: ToSeal): AsyncGenerator<SealedBatch> {
  const parts = cutIntoBatches(given.lines);
  for (const [index, lines] of parts.entries()) {
    const [batch, batches] = [index + 1, parts.length];
    const body = bytesOf(lines.map((line) => `${line}\n`).join(''));
    const manifest: Manifest = {
      format: 'mash.feed/1',
      sender: given.agency,
      recipient: fingerprintOf(given.hubKey),
      feed: given.feed,
      submission: given.submission,
      batch,
      batches,
      sequence: given.sequence,
      mode: given.mode,
      extractedAt: given.extractedAt.toISOString(),
      createdAt: new Date().toISOString(),
      rows: lines.length,
      sha256: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', body))),
    };
    const payload = bytesOf(`${JSON.stringify(manifest)}\n`, body);
    const message = await sealMessage({ payload, recipients: [given.hubKey], signer: given.agencyKey });
    yield { batch, batches, rows: lines.length, message };
  }
}

/** Lines by batch; a submission of none is one batch of none. */
export function cutIntoBatches(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let bytes = 0;
  for (const line of lines) {
    const size = bytesOf(line).length + 1;
    const last = parts.at(-1)!;
    if (last.length > 0 && (bytes + size > MAX_BATCH_BYTES || last.length >= MAX_BATCH_ROWS)) {
      parts.push([line]);
      bytes = size;
    } else {
      last.push(line);
      bytes += size;
    }
  }
  return parts;
}

function bytesOf(text: string, more: Uint8Array = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(text);
  const all = new Uint8Array(head.length + more.length);
  all.set(head);
  all.set(more, head.length);
  return all;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
