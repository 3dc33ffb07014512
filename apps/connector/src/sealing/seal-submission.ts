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
  /** rises within the agency and feed; the clock does */
  sequence?: number;
  agencyKey: PrivateKey;
  hubKey: PublicKey;
  onBatch?: (done: number, of: number) => void;
}

export interface SealedSubmission {
  submission: string;
  feed: FeedName;
  rows: number;
  batches: { batch: number; rows: number; message: Buffer }[];
}

/** Cuts rows into batches and seals each: encrypted to the hub, signed by the agency (contracts.md, "A sealed feed batch"). */
export async function sealSubmission(given: SubmissionToSeal): Promise<SealedSubmission> {
  const submission = randomUUID();
  const sequence = given.sequence ?? nextSequence();
  const parts = cut(given.lines);
  const batches: SealedSubmission['batches'] = [];
  for (const [index, lines] of parts.entries()) {
    const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const manifest: Manifest = {
      format: 'mash.feed/1',
      sender: given.agency,
      recipient: given.hubKey.getFingerprint().toUpperCase(),
      feed: given.feed,
      submission,
      batch: index + 1,
      batches: parts.length,
      sequence,
      mode: given.mode,
      extractedAt: given.extractedAt.toISOString(),
      createdAt: new Date().toISOString(),
      rows: lines.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    };
    const payload = Buffer.concat([Buffer.from(`${JSON.stringify(manifest)}\n`), body]);
    const message = await sealMessage({ payload, recipients: [given.hubKey], signer: given.agencyKey });
    batches.push({ batch: index + 1, rows: lines.length, message: Buffer.from(message) });
    given.onBatch?.(index + 1, parts.length);
  }
  return { submission, feed: given.feed, rows: given.lines.length, batches };
}

let lastSequence = 0;
/** The clock, and above the last one where two submissions are sealed in one millisecond: the hub takes only rising ones. */
function nextSequence(): number {
  return (lastSequence = Math.max(Date.now(), lastSequence + 1));
}

function cut(lines: string[]): string[][] {
  const parts: string[][] = [[]];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1;
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
