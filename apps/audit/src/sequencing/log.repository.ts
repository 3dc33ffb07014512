import { HubError } from '#contracts';
import type { NextHead } from '../publishing/log-tip.js';
import type { SequencerSession } from './session.js';

/** A checkpoint as signed. */
export interface SignedHead {
  size: number;
  root: Buffer;
  note: string;
}

/** A committed entry that has no place in the log yet. */
export interface UnsealedEntry {
  id: string;
  appendedAt: Date;
  /** JSON as the database writes it; null when it is far too large to be an entry */
  text: string | null;
  /** SHA-256 of that text, hex */
  digest: string;
}

// jsonb is written with a blank after each ":" and ",": never four times its canonical form.
const MOST_TEXT = 4 * 65_536;
const ROUND_BYTES = 16 * 1024 * 1024;

/** The log's tables, through the sequencer's own session. */
export class LogRepository {
  constructor(private readonly session: SequencerSession) {}

  async edge(): Promise<{ size: number; edge: Buffer[] } | null> {
    const { rows } = await this.session.query<{ size: string; edge: Buffer[] }>(
      'SELECT size, edge FROM audit.tree_edge WHERE id = 1',
    );
    return rows[0] ? { size: Number(rows[0].size), edge: rows[0].edge } : null;
  }

  async newestCheckpoint(): Promise<SignedHead | null> {
    return this.checkpoint('ORDER BY size DESC LIMIT 1', []);
  }

  async checkpointOf(size: number): Promise<SignedHead | null> {
    return this.checkpoint('WHERE size = $1', [size]);
  }

  /** Sealed entries from `first` on, in order, at most `most`; the index of each as it stands there. */
  async sealed(first: number, most: number): Promise<{ index: number; leaf: Buffer | null }[]> {
    const { rows } = await this.session.query<{ leaf_index: string; leaf: Buffer | null }>(
      'SELECT leaf_index, leaf FROM audit.entry WHERE leaf_index >= $1 ORDER BY leaf_index LIMIT $2',
      [first, most],
    );
    return rows.map((row) => ({ index: Number(row.leaf_index), leaf: row.leaf }));
  }

  /** The oldest unsealed entries, at most `most` and some 16 MiB. */
  async unsealed(most: number): Promise<UnsealedEntry[]> {
    const { rows } = await this.session.query<{ id: string; appended_at: Date; text: string | null; digest: string }>(
      `SELECT id, appended_at, CASE WHEN octet_length(text) <= $2 THEN text END AS text,
              encode(sha256(convert_to(text, 'UTF8')), 'hex') AS digest
       FROM (SELECT id, appended_at, entry::text AS text,
                    sum(pg_column_size(entry)) OVER (ORDER BY appended_at, id) - pg_column_size(entry) AS before
             FROM (SELECT id, appended_at, entry FROM audit.entry WHERE leaf_index IS NULL ORDER BY appended_at, id LIMIT $1) AS next
            ) AS sized
       WHERE before < $3 ORDER BY appended_at, id`,
      [most, MOST_TEXT, ROUND_BYTES],
    );
    return rows.map((row) => ({ id: row.id, appendedAt: row.appended_at, text: row.text, digest: row.digest }));
  }

  /** Begins the log: the empty tree and its checkpoint. */
  async begin({ size, root, note }: SignedHead): Promise<void> {
    await this.session.transaction(async () => {
      await this.session.query('INSERT INTO audit.tree_edge (id, size, edge) VALUES (1, $1, $2::bytea[])', [size, []]);
      await this.insertCheckpoint({ size, root, note });
    });
  }

  /**
   * Gives entries their places, with the checkpoint over them, in one transaction.
   * @param from the log's size before
   * @throws HubError `integrity` when the log is not what it was taken for; then nothing is changed
   */
  async seal(
    from: number,
    entries: readonly { id: string; leaf: Uint8Array }[],
    head: NextHead,
    note: string,
  ): Promise<void> {
    await this.session.transaction(async () => {
      const placed = await this.session.query(
        `UPDATE audit.entry AS e SET leaf_index = u.place, leaf = u.leaf
         FROM unnest($1::uuid[], $2::bigint[], $3::bytea[]) AS u (id, place, leaf)
         WHERE e.id = u.id AND e.leaf_index IS NULL`,
        [entries.map((entry) => entry.id), entries.map((_, at) => from + at), entries.map((entry) => entry.leaf)],
      );
      if (placed.count !== entries.length)
        throw moved(`${entries.length - placed.count} entries were sealed by someone else`);
      await this.insertCheckpoint({ ...head, note });
      const moving = await this.session.query(
        'UPDATE audit.tree_edge SET size = $1, edge = $2::bytea[] WHERE id = 1 AND size = $3',
        [head.size, head.edge, from],
      );
      if (moving.count !== 1) throw moved(`audit.tree_edge is not at ${from} entries`);
    });
  }

  /** Tells who listens on `audit_sealed` that proofs up to this size can be had. */
  async announce(size: number): Promise<void> {
    await this.session.query(`SELECT pg_notify('audit_sealed', $1)`, [String(size)]);
  }

  private async insertCheckpoint({ size, root, note }: SignedHead): Promise<void> {
    await this.session.query('INSERT INTO audit.checkpoint (size, root, note) VALUES ($1, $2, $3)', [size, root, note]);
  }

  private async checkpoint(which: string, values: unknown[]): Promise<SignedHead | null> {
    const { rows } = await this.session.query<{ size: string; root: Buffer; note: string }>(
      `SELECT size, root, note FROM audit.checkpoint ${which}`,
      values,
    );
    return rows[0] ? { size: Number(rows[0].size), root: rows[0].root, note: rows[0].note } : null;
  }
}

function moved(what: string): HubError {
  return new HubError('integrity', `The log changed under its sequencer: ${what}.`);
}
