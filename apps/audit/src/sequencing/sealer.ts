import { signCheckpoint } from '#ledger';
import type { KeyObject } from 'node:crypto';
import type { LogTip, TileFile } from '../publishing/log-tip.js';
import { leafOf } from './leaf-of.js';
import type { LogRepository } from './log.repository.js';

/** Entries in one round: 2,000 are sealed in well under a second, and a burst is taken in several rounds. */
export const ROUND = 2_000;

/** Who signs the log's checkpoints. */
export interface LogSigner {
  origin: string;
  /** Ed25519 */
  key: KeyObject;
}

/** A committed round: what is left is to publish it. */
export interface SealedRound {
  entries: number;
  /** of the entries, those an `EntryUnreadable` stands in for */
  unreadable: number;
  size: number;
  note: string;
  files: TileFile[];
}

/**
 * Seals what is waiting. The order of failure: the checkpoint is signed for this transaction and leaves the process only
 * after its commit, so of one size only one root can ever have been seen. A crash before the commit leaves nothing; after
 * it, the files can be made again from the database. When this throws, the tip is of no use any more: whether the commit
 * arrived is not known, and must be read again.
 */
export class Sealer {
  constructor(
    private readonly log: LogRepository,
    private readonly tip: LogTip,
    private readonly signer: LogSigner,
  ) {}

  /** One round, committed but not published; null when nothing is waiting. */
  async seal(): Promise<SealedRound | null> {
    const waiting = await this.log.unsealed(ROUND);
    if (waiting.length === 0) return null;
    const sealed = waiting.map((entry) => ({ id: entry.id, ...leafOf(entry) }));
    const leaves = sealed.map(({ leaf }) => leaf);
    const head = this.tip.headWith(leaves);
    const { origin, key } = this.signer;
    const note = signCheckpoint({ origin, size: head.size, root: head.root }, key);
    await this.log.seal(this.tip.size, sealed, head, note);
    const files = this.tip.append(leaves);
    const unreadable = sealed.filter(({ readable }) => !readable).length;
    return { entries: sealed.length, unreadable, size: head.size, note, files };
  }
}
