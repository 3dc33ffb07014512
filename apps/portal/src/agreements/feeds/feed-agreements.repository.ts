import { Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { dateAndTime, longDate } from '../../answering/dates.js';

/** proposed: waits for its second person · future · in-force · ended · refused · withdrawn */
export type AgreementState = 'proposed' | 'future' | 'in-force' | 'ended' | 'refused' | 'withdrawn';

/** That an agency may send a feed, which fields of it, and how long its sealed records are kept. */
export interface FeedAgreement {
  id: string;
  agency: string;
  feed: string;
  /** null: every field */
  fields: string[] | null;
  retentionDays: number;
  validFrom: Date;
  validTo: Date | null;
  reviewBy: Date | null;
  enteredBy: string;
  enteredAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  state: AgreementState;
  /** its end in words: the last day, where it ends with one; null: none was agreed */
  until: string | null;
}

type Stored = Omit<FeedAgreement, 'state' | 'until'> & { state: 'proposed' | 'approved' | 'refused' | 'withdrawn' };
export type NewAgreement = Pick<
  FeedAgreement,
  'id' | 'agency' | 'feed' | 'fields' | 'retentionDays' | 'validFrom' | 'validTo' | 'reviewBy' | 'enteredBy'
>;

/** Agreements for feeds: what ingest takes, and how long it is kept. */
@Injectable()
export class FeedAgreementsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By agency and feed, the newest first. @param agency default every agency's */
  async list(agency: string | null = null, now = new Date()): Promise<FeedAgreement[]> {
    const rows = await this.database.client.$queryRaw<Stored[]>`
      SELECT id, agency, feed, fields, retention_days AS "retentionDays", valid_from AS "validFrom", valid_to AS "validTo",
             review_by AS "reviewBy", entered_by AS "enteredBy", entered_at AS "enteredAt", decided_by AS "decidedBy",
             decided_at AS "decidedAt", state
      FROM portal.feed_permission WHERE ${agency}::text IS NULL OR agency = ${agency}
      ORDER BY agency, feed, valid_from DESC, entered_at DESC`;
    return rows.map((row) => ({ ...row, state: stateOf(row, now), until: untilWords(row.validTo) }));
  }

  async find(id: string, now = new Date()): Promise<FeedAgreement | null> {
    return (await this.list(null, now)).find((one) => one.id === id) ?? null;
  }

  /** How it is stored, nobody else's hands on it until the transaction ends. */
  async locked(
    tx: Db,
    id: string,
  ): Promise<Pick<Stored, 'agency' | 'feed' | 'state' | 'enteredBy' | 'validTo'> | null> {
    const [row] = await tx.$queryRaw<Stored[]>`
      SELECT agency, feed, state, entered_by AS "enteredBy", valid_to AS "validTo"
      FROM portal.feed_permission WHERE id = ${id}::uuid FOR UPDATE`;
    return row ?? null;
  }

  async add(tx: Db, given: NewAgreement): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO portal.feed_permission (id, agency, feed, fields, retention_days, valid_from, valid_to, review_by, entered_by, state)
      VALUES (${given.id}::uuid, ${given.agency}, ${given.feed}, ${given.fields}, ${given.retentionDays}, ${given.validFrom},
              ${given.validTo}, ${given.reviewBy}, ${given.enteredBy}, 'proposed')`;
  }

  async decide(tx: Db, id: string, state: 'approved' | 'refused' | 'withdrawn', by: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE portal.feed_permission SET state = ${state}, decided_by = ${by}, decided_at = now() WHERE id = ${id}::uuid`;
  }

  /** The earlier agreements for the same feed end where this one begins. @returns how many did */
  async endEarlier(tx: Db, id: string, by: string): Promise<number> {
    return tx.$executeRaw`
      UPDATE portal.feed_permission old SET valid_to = new.valid_from, ended_by = ${by} FROM portal.feed_permission new
      WHERE new.id = ${id}::uuid AND old.id <> new.id AND old.agency = new.agency AND old.feed = new.feed AND old.state = 'approved'
        AND old.valid_from <= new.valid_from AND (old.valid_to IS NULL OR old.valid_to > new.valid_from)`;
  }

  /** Ends it now; one that has not begun ends where it would have begun. */
  async end(tx: Db, id: string, by: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE portal.feed_permission SET valid_to = greatest(clock_timestamp(), valid_from), ended_by = ${by} WHERE id = ${id}::uuid`;
  }
}

function stateOf({ state, validFrom, validTo }: Stored, now: Date): AgreementState {
  if (state !== 'approved') return state;
  if (validTo && (validTo <= now || validTo <= validFrom)) return 'ended';
  return validFrom > now ? 'future' : 'in-force';
}

/** An agreement ends at the beginning of the day after its last. */
function untilWords(end: Date | null): string | null {
  if (!end) return null;
  const words = dateAndTime(end);
  return words.endsWith(', 00:00') ? longDate(new Date(end.getTime() - 1)) : words;
}
