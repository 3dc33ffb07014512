import { sealObjects, type Db } from '#platform';
import type { KeyProvider } from '#crypto';
import { Injectable } from '@nestjs/common';
import type { RowToSeal } from './seal-rows.js';

export interface BatchPlace {
  batchId: string;
  agency: string;
  feed: string;
  submission: string;
  keepUntil: Date;
}

const PLACE = { table: 'ingest.record', column: 'body' };

/** Records: written sealed, never read back by this app. */
@Injectable()
export class RecordsRepository {
  /**
   * Stores rows. A row equal to the active version of its reference is left as it is; a changed one supersedes it.
   * @returns the rows of which there is a new version
   */
  async store(
    tx: Db,
    recordKey: Awaited<ReturnType<KeyProvider['recordPublicKey']>>,
    place: BatchPlace,
    rows: RowToSeal[],
  ): Promise<RowToSeal[]> {
    if (rows.length === 0) return [];
    const active = await this.activeVersions(
      tx,
      place,
      rows.map((row) => row.refToken),
    );
    const isSame = (row: RowToSeal) =>
      active.get(row.refToken.toString('hex'))?.content === row.contentToken.toString('hex');
    const same = rows.filter(isSame);
    const fresh = rows.filter((row) => !isSame(row));
    const replaced = fresh.flatMap((row) => active.get(row.refToken.toString('hex'))?.id ?? []);
    await this.touch(
      tx,
      place,
      same.flatMap((row) => active.get(row.refToken.toString('hex'))?.id ?? []),
    );
    await this.end(tx, 'superseded', replaced);

    const bodies = await sealObjects(tx, recordKey, PLACE, fresh);
    const previous = fresh.map((row) => active.get(row.refToken.toString('hex'))?.id ?? null);
    await tx.$executeRaw`
      INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, blind_keys, keep_until, previous_id)
      SELECT r.id, ${place.agency}, ${place.feed}, ${place.batchId}::uuid, ${place.submission}::uuid, r.ref_token, r.content_token,
             r.body, string_to_array(r.keys, ',')::bigint[], ${place.keepUntil}, r.previous_id
      FROM unnest(${fresh.map((row) => row.id)}::uuid[], ${fresh.map((row) => row.refToken)}::bytea[],
                  ${fresh.map((row) => row.contentToken)}::bytea[], ${fresh.map((row) => bodies.get(row.id)!)}::bytea[],
                  ${fresh.map((row) => row.blindKeys.join(','))}::text[], ${previous}::uuid[])
        AS r(id, ref_token, content_token, body, keys, previous_id)`;
    return fresh;
  }

  /** Ends the active versions of references the sender deleted. @returns how many there were */
  async remove(tx: Db, place: BatchPlace, refTokens: Buffer[]): Promise<number> {
    const active = await this.activeVersions(tx, place, refTokens);
    return this.end(
      tx,
      'deleted',
      [...active.values()].map(({ id }) => id),
    );
  }

  /** Which of these references an earlier batch of this submission has already named. @returns their tokens, hex */
  async inSubmission(tx: Db, place: BatchPlace, rows: RowToSeal[]): Promise<Set<string>> {
    const found = await tx.$queryRaw<{ ref: string }[]>`
      SELECT encode(ref_token, 'hex') AS ref FROM ingest.record
      WHERE agency = ${place.agency} AND feed = ${place.feed} AND state = 'active' AND submission = ${place.submission}::uuid
        AND ref_token = ANY(${rows.map((row) => row.refToken)}::bytea[])`;
    return new Set(found.map(({ ref }) => ref));
  }

  /** A row that is named but cannot be read is not gone at its agency: its last good version stays, for as long as it was to be kept. */
  async letStand(tx: Db, place: BatchPlace, refTokens: Buffer[]): Promise<void> {
    if (refTokens.length === 0) return;
    await tx.$executeRaw`
      UPDATE ingest.record SET submission = ${place.submission}::uuid
      WHERE agency = ${place.agency} AND feed = ${place.feed} AND state = 'active' AND ref_token = ANY(${refTokens}::bytea[])`;
  }

  /** A whole `full` submission replaces what was there: what it did not name again has ended. */
  async endAllBut(tx: Db, place: Omit<BatchPlace, 'batchId' | 'keepUntil'>): Promise<number> {
    return tx.$executeRaw`
      UPDATE ingest.record SET state = 'deleted', ended_at = now()
      WHERE agency = ${place.agency} AND feed = ${place.feed} AND state = 'active' AND submission <> ${place.submission}::uuid`;
  }

  private async activeVersions(
    tx: Db,
    place: BatchPlace,
    tokens: Buffer[],
  ): Promise<Map<string, { id: string; content: string }>> {
    const rows = await tx.$queryRaw<{ id: string; ref: string; content: string }[]>`
      SELECT id, encode(ref_token, 'hex') AS ref, encode(content_token, 'hex') AS content FROM ingest.record
      WHERE agency = ${place.agency} AND feed = ${place.feed} AND state = 'active' AND ref_token = ANY(${tokens}::bytea[])`;
    return new Map(rows.map((row) => [row.ref, row]));
  }

  private async touch(tx: Db, place: BatchPlace, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.$executeRaw`
      UPDATE ingest.record SET submission = ${place.submission}::uuid, keep_until = ${place.keepUntil} WHERE id = ANY(${ids}::uuid[])`;
  }

  private async end(tx: Db, state: 'superseded' | 'deleted', ids: string[]): Promise<number> {
    if (ids.length === 0) return 0;
    return tx.$executeRaw`UPDATE ingest.record SET state = ${state}, ended_at = now() WHERE id = ANY(${ids}::uuid[])`;
  }
}
