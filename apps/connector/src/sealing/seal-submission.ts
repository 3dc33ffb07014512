import type { FeedName, Manifest } from '#contracts';
import { sealMessage } from '#crypto';
import { createHash, randomUUID } from 'node:crypto';
import type { PrivateKey, PublicKey } from 'openpgp';

/** A sealed message is a little larger than what it holds; the topic takes 1 MiB. */
const MAX_BATCH_BYTES = 900 * 1024;
const MAX_BATCH_ROWS = 5_000;

export interface SubmissionToSeal {
  agency: string;
  feed: FeedName;
  mode: 'full' | 'delta';
  /** rows as lines of JSON */
  lines: string[];
  extractedAt: Date;
  submission?: string;
  /** rises within the agency and feed; the clock does */
  sequence?: number;
  agencyKey: PrivateKey;
  hubKey: PublicKey;
}

export interface SealedBatch {
  /** counts from 1 */
  batch: number;
  rows: number;
  message: Buffer;
}

export interface SealedSubmission {
  submission: string;
  feed: FeedName;
  rows: number;
  batches: SealedBatch[];
}

/** Cuts rows into batches and seals each: encrypted to the hub, signed by the agency (contracts.md, "A sealed feed batch"). */
export async function sealSubmission(given: SubmissionToSeal): Promise<SealedSubmission> {
  const submission = given.submission ?? randomUUID();
  const batches: SealedBatch[] = [];
  for await (const batch of sealBatches({ ...given, submission })) batches.push(batch);
  return { submission, feed: given.feed, rows: given.lines.length, batches };
}

/** One sealed batch after the other, so that a large submission need not lie in memory sealed. */
export async function* sealBatches(given: SubmissionToSeal & { submission: string }): AsyncGenerator<SealedBatch> {
  const sequence = given.sequence ?? nextSequence();
  const parts = cutIntoBatches(given.lines);
  let first = 0;
  for (const [index, rows] of parts.entries()) {
    const body = Buffer.from(
      given.lines
        .slice(first, first + rows)
        .map((line) => `${line}\n`)
        .join(''),
    );
    first += rows;
    const manifest: Manifest = {
      format: 'mash.feed/1',
      sender: given.agency,
      recipient: given.hubKey.getFingerprint().toUpperCase(),
      feed: given.feed,
      submission: given.submission,
      batch: index + 1,
      batches: parts.length,
      sequence,
      mode: given.mode,
      extractedAt: given.extractedAt.toISOString(),
      createdAt: new Date().toISOString(),
      rows,
      sha256: createHash('sha256').update(body).digest('hex'),
    };
    const payload = Buffer.concat([Buffer.from(`${JSON.stringify(manifest)}\n`), body]);
    const message = await sealMessage({ payload, recipients: [given.hubKey], signer: given.agencyKey });
    yield { batch: index + 1, rows, message: Buffer.from(message) };
  }
}

let lastSequence = 0;
/** The clock, and above the last one where two submissions are sealed in one millisecond: the hub takes only rising ones. */
export function nextSequence(above = 0): number {
  return (lastSequence = Math.max(Date.now(), lastSequence + 1, above + 1));
}

/** @returns how many rows each batch has; a submission of none is one batch of none */
export function cutIntoBatches(lines: readonly string[]): number[] {
  const parts = [0];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
    const rows = parts.at(-1)!;
    if (rows > 0 && (bytes + size > MAX_BATCH_BYTES || rows >= MAX_BATCH_ROWS)) {
      parts.push(1);
      bytes = size;
    } else {
      parts[parts.length - 1] = rows + 1;
      bytes += size;
    }
  }
  return parts;
}
