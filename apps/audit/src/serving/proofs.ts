import { HubError } from '#contracts';
import type { KeyProvider } from '#crypto';
import { formatProof, inclusionProof, LedgerError, parseCheckpoint, tileReader, verifyProof, vkeyOf } from '#ledger';
import { CONFIG, KEYS } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { originOf, type AuditConfig } from '../config.js';
import { LogFolder } from '../publishing/log-folder.js';
import { EntriesRepository } from './entries.repository.js';

/** A proof as the platform's `SealedProofs` reads it. */
export interface EntryProof {
  index: number;
  /** c2sp.org/tlog-proof@v1, with the newest checkpoint */
  proof: string;
  /** the sealed bytes, base64 */
  entry: string;
}

/** Proves entries from the published files: what is proved can also be found there by anyone. */
@Injectable()
export class Proofs {
  private vkey: Promise<string> | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: AuditConfig,
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(LogFolder) private readonly folder: LogFolder,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  /**
   * The proof of an entry, or null while no published checkpoint covers it.
   * @throws HubError `integrity` when the files do not prove what the database says: no such proof leaves
   */
  async of(auditId: string): Promise<EntryProof | null> {
    const sealed = await this.entries.sealed(auditId);
    const note = sealed && (await this.folder.read('checkpoint'))?.toString();
    if (!sealed || !note) return null;
    const { size } = parseCheckpoint(note);
    if (sealed.index >= size) return null;
    try {
      const hashes = await inclusionProof(sealed.index, size, tileReader(this.folder.read));
      const proof = formatProof({ index: sealed.index, proof: hashes, checkpoint: note });
      verifyProof(sealed.leaf, proof, await this.key());
      return { index: sealed.index, proof, entry: sealed.leaf.toString('base64') };
    } catch (cause) {
      if (!(cause instanceof LedgerError)) throw cause;
      throw new HubError('integrity', `Entry ${sealed.index} cannot be proved from the log's files: ${cause.code}.`, {
        cause,
      });
    }
  }

  private key(): Promise<string> {
    this.vkey ??= this.keys.ledgerKey().then((key) => vkeyOf(originOf(this.config), key));
    return this.vkey;
  }
}
