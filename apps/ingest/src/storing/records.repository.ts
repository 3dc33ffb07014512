import type { Db } from '#platform';
import type { KeyProvider } from '#crypto';
import { Injectable } from '@nestjs/common';
import { byteas, texts, uuids } from './binary-array.js';
import { sealRecords } from './seal-records.js';
import type { RowToSeal } from './seal-rows.js';

export interface BatchPlace {
  batchId: string;
  agency: string;
  feed: string;
  submission: string;
  keepUntil: Date;
}

/** The active version of a row, by the token of its reference (hex). */
export type ActiveVersions = Map<string, { id: string; content: string; submission: string }>;

/** Records: written sealed, never read back by this app. */
@Injectable()
export class RecordsRepository {
  /** The active versions of these references. */
  async active(
    tx: Db,
    { agency, feed }: Pick<BatchPlace, 'agency' | 'feed'>,
    tokens: readonly Buffer[],
  ): Promise<ActiveVersions> {
    if (tokens.length === 0) return new Map();
    const rows = await tx.$queryRaw<{ id: string; ref: string; content: string; submission: string }[]>`
      SELECT id, encode(ref_token, 'hex') AS ref, encode(content_token, 'hex') AS content, submission FROM ingest.record
      WHERE agency = ${agency} AND feed = ${feed} AND state = 'active' AND ref_token = ANY(${byteas(tokens)}::bytea[])`;
    return new Map(rows.map((row) => [row.ref, row]));
  }

  /**
   * Stores rows. A row equal to the active version of its reference is left as it is; a changed one supersedes it.
   * @param active the active versions of the rows' references, where the caller has asked already
   * @returns the rows of which there is a new version
   */
  async store(
    tx: Db,
    recordKey: Awaited<ReturnType<KeyProvider['recordPublicKey']>>,
    place: BatchPlace,
    rows: RowToSeal[],
    active?: ActiveVersions,
  ): Promise<RowToSeal[]> {
    if (rows.length === 0) return [];
    const refs = rows.map(({ refToken }) => refToken);
    const versions = active ?? (await this.active(tx, place, refs));
    const same: string[] = [];
    const replaced: string[] = [];
    const fresh: RowToSeal[] = [];
    const previous: (string | null)[] = [];
    for (const row of rows) {
      const version = versions.get(row.refToken.toString('hex'));
      if (version && version.content === row.contentToken.toString('hex')) same.push(version.id);
      else {
        fresh.push(row);
        previous.push(version?.id ?? null);
        if (version) replaced.push(version.id);
      }
    }
    await this.touch(tx, place, same);
    await this.end(tx, 'superseded', replaced);
    if (fresh.length > 0) await this.insert(tx, place, fresh, await sealRecords(tx, recordKey, fresh), previous);
    return fresh;
  }

  /** Ends the active versions of references the sender deleted. @returns how many there were */
  async remove(tx: Db, place: BatchPlace, refTokens: Buffer[]): Promise<number> {
    const active = await this.active(tx, place, refTokens);
    return this.end(
      tx,
      'deleted',
      [...active.values()].map(({ id }) => id),
    );
  }

  /** A row that is named but cannot be read is not gone at its agency: its last good version stays, for as long as it was to be kept. */
  async letStand(tx: Db, place: BatchPlace, refTokens: Buffer[]): Promise<void> {
    if (refTokens.length === 0) return;
    await tx.$executeRaw`
      UPDATE ingest.record SET submission = ${place.submission}::uuid
      WHERE agency = ${place.agency} AND feed = ${place.feed} AND state = 'active' AND ref_token = ANY(${byteas(refTokens)}::bytea[])`;
  }

  /** A whole `full` submission replaces what was there: what it did not name again has ended. */
  async endAllBut(tx: Db, place: Omit<BatchPlace, 'batchId' | 'keepUntil'>): Promise<number> {
    return tx.$executeRaw`
      UPDATE ingest.record SET state = 'deleted', ended_at = now()
      WHERE agency = ${place.agency} AND feed = ${place.feed} AND state = 'active' AND submission <> ${place.submission}::uuid`;
  }

  private async insert(
    tx: Db,
    place: BatchPlace,
    rows: RowToSeal[],
    bodies: Buffer[],
    previous: (string | null)[],
  ): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO ingest.record (id, agency, feed, batch_id, submission, ref_token, content_token, body, blind_keys, keep_until, previous_id)
      SELECT r.id, ${place.agency}, ${place.feed}, ${place.batchId}::uuid, ${place.submission}::uuid, r.ref_token, r.content_token,
             r.body, r.keys::bigint[], ${place.keepUntil}, r.previous_id
      FROM unnest(${uuids(rows.map(({ id }) => id))}::uuid[], ${byteas(rows.map(({ refToken }) => refToken))}::bytea[],
                  ${byteas(rows.map(({ contentToken }) => contentToken))}::bytea[], ${byteas(bodies)}::bytea[],
                  ${texts(rows.map(({ blindKeys }) => `{${blindKeys.join(',')}}`))}::text[], ${uuids(previous)}::uuid[])
        AS r(id, ref_token, content_token, body, keys, previous_id)`;
  }

  private async touch(tx: Db, place: BatchPlace, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.$executeRaw`
      UPDATE ingest.record SET submission = ${place.submission}::uuid, keep_until = ${place.keepUntil} WHERE id = ANY(${uuids(ids)}::uuid[])`;
  }

  private async end(tx: Db, state: 'superseded' | 'deleted', ids: string[]): Promise<number> {
    if (ids.length === 0) return 0;
    return tx.$executeRaw`UPDATE ingest.record SET state = ${state}, ended_at = now() WHERE id = ANY(${uuids(ids)}::uuid[])`;
  }
}
