import type { BatchRefusal, Manifest } from '#contracts';
import type { BatchLines } from './batch-lines.js';

/** A batch whose signature, sender, recipient, freshness, digest and count have all been verified. */
export interface OpenedBatch {
  manifest: Manifest;
  /** the rows' lines, not yet parsed */
  lines: BatchLines;
  signer: string;
}

/** A batch refused as a whole. `manifest` is there only where it could be trusted. */
export interface RefusedBatch {
  reason: BatchRefusal;
  signer?: string;
  manifest?: Manifest;
}

export type Opened = { ok: true; batch: OpenedBatch } | { ok: false; refusal: RefusedBatch };
