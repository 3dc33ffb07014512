import { eventSchemas, HubError, type InternalTopic } from '#contracts';
import { Prisma } from '#prisma';
import { Inject, Injectable } from '@nestjs/common';
import { appendAudit, type Actor } from '../auditing/append-audit.js';
import type { Db } from '../database/database.js';
import { countWaiting, letterWorkedOff } from './dead-letter-metrics.js';
import { DeadLetters, reasonOf } from './dead-letters.js';
import type { ReceivedMessage } from './message.js';
import { enqueue } from './outbox.js';

/** dead: waits for a person · retrying · handled · dropped: both keep the line, without the message's bytes */
export type LetterState = 'dead' | 'retrying' | 'handled' | 'dropped';

/** A dead letter as it may be told: never what stands in the message. */
export interface DeadLetter {
  id: string;
  service: string;
  topic: string;
  /** −1: a message the broker would not take; `offset` is then its place in the outbox */
  partition: number;
  offset: string;
  key: string | null;
  reason: string;
  attempts: number;
  state: LetterState;
  firstAt: Date;
  lastAt: Date;
  /** octets the message had, and whether they are still here */
  size: number;
  kept: boolean;
  /** SHA-256, hex */
  digest: string;
}

/** Why an operator gives a message up. Words of our own: free text could name somebody, and the audit keeps it for ever. */
export const DROP_REASONS = ['unreadable', 'sent-again', 'superseded', 'not-ours', 'test'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** A retry that was begun longer ago than this was cut off: the letter may be claimed again. Every handler takes a message once. */
const CUT_OFF = '10 minutes';
const MOST = 500;

/** What an operator does with one service's dead letters. */
@Injectable()
export class DeadLetterWork {
  private readonly table: Prisma.Sql;

  constructor(@Inject(DeadLetters) private readonly letters: DeadLetters) {
    this.table = Prisma.raw(`"${letters.app}".dead_letter`);
    countWaiting(() => this.counts());
  }

  /** Oldest first, at most 500. @param states default those that wait */
  async list(states: LetterState[] = ['dead', 'retrying']): Promise<DeadLetter[]> {
    const rows = await this.letters.database.client.$queryRaw<Omit<DeadLetter, 'service'>[]>`
      SELECT ${this.columns} FROM ${this.table} WHERE state = ANY(${states}::text[]) ORDER BY first_at, id LIMIT ${MOST}`;
    return rows.map((row) => ({ service: this.letters.app, ...row }));
  }

  /** @returns the letter, and of an event between services the ids it holds. @throws HubError `not_found` */
  async show(id: string): Promise<DeadLetter & { event?: object }> {
    const [row] = await this.letters.database.client.$queryRaw<(Omit<DeadLetter, 'service'> & { value: Uint8Array })[]>`
      SELECT ${this.columns}, value FROM ${this.table} WHERE id = ${id}::uuid`;
    if (!row) throw notFound();
    const { value, ...letter } = row;
    const event = idsOf(row.topic, value);
    return { service: this.letters.app, ...letter, ...(event ? { event } : {}) };
  }

  /**
   * Puts the message through its handler once more, or back into the outbox where it was one to send. Claimed first, so that two
   * operators retry it once; if we stop after the handler's commit and before ours, the handler knows the message next time.
   * @throws HubError `not_found`, `wrong_state`, `gone` (its bytes were not kept), `busy` (the service is still starting)
   */
  async retry(id: string, by: Actor): Promise<{ outcome: 'handled' | 'sent-again' | 'failed'; reason?: string }> {
    const { take } = this.letters;
    if (!take) throw new HubError('busy', 'The service is still starting. Try again in a moment.');
    const message = await this.claim(id, by);
    if (message.partition === -1) return this.sendAgain(id, message, by);
    try {
      await take(message);
    } catch (error) {
      const reason = reasonOf(error);
      await this.settle(id, by, 'failed', (tx) => this.backToDead(tx, id, reason), reason);
      return { outcome: 'failed', reason };
    }
    await this.settle(id, by, 'handled', (tx) => this.close(tx, id, 'handled'));
    return { outcome: 'handled' };
  }

  /** Gives a message up for good; its bytes are destroyed. @throws HubError `not_found`, `wrong_state` */
  async drop(id: string, reason: DropReason, by: Actor): Promise<void> {
    await this.letters.database.unitOfWork(async (tx) => {
      const { state, topic, partition, offset, digest } = await this.locked(tx, id);
      if (state !== 'dead') throw wrongState(state);
      await this.close(tx, id, 'dropped');
      await appendAudit(tx, {
        actor: by,
        action: 'DeadLetterDropped',
        object: { type: 'dead-letter', id },
        outcome: reason,
        detail: { message: `${topic}/${partition}/${offset}`, digest },
      });
    });
    letterWorkedOff(this.letters.app, 'dropped');
  }

  private async claim(id: string, by: Actor): Promise<ReceivedMessage> {
    return this.letters.database.unitOfWork(async (tx) => {
      const letter = await this.locked(tx, id);
      const { state, cutOff, topic, partition, offset, key, value, size } = letter;
      if (state !== 'dead' && !(state === 'retrying' && cutOff)) throw wrongState(state);
      if (size > 0 && value.length === 0)
        throw new HubError(
          'gone',
          'The message was readable text, so its bytes were not kept. Have it sent again, then drop this one.',
        );
      await tx.$executeRaw`
        UPDATE ${this.table} SET state = 'retrying', claimed_at = now(), attempts = attempts + 1 WHERE id = ${id}::uuid`;
      await appendAudit(tx, {
        actor: by,
        action: 'DeadLetterRetried',
        object: { type: 'dead-letter', id },
        outcome: 'begun',
        detail: { message: `${topic}/${partition}/${offset}` },
      });
      return { topic, partition, offset, key, value: Buffer.from(value) };
    });
  }

  private async sendAgain(id: string, message: ReceivedMessage, by: Actor): Promise<{ outcome: 'sent-again' }> {
    const { topic, key, value } = message;
    await this.settle(id, by, 'sent-again', async (tx) => {
      await enqueue(tx, this.letters.app, { topic, key: key ?? id, value });
      await this.close(tx, id, 'handled');
    });
    return { outcome: 'sent-again' };
  }

  private async settle(
    id: string,
    by: Actor,
    outcome: 'handled' | 'failed' | 'sent-again',
    change: (tx: Db) => Promise<unknown>,
    reason?: string,
  ): Promise<void> {
    await this.letters.database.unitOfWork(async (tx) => {
      await change(tx);
      await appendAudit(tx, {
        actor: by,
        action: 'DeadLetterRetried',
        object: { type: 'dead-letter', id },
        outcome,
        ...(reason ? { detail: { reason } } : {}),
      });
    });
    letterWorkedOff(this.letters.app, outcome);
  }

  private async close(tx: Db, id: string, state: 'handled' | 'dropped'): Promise<void> {
    await tx.$executeRaw`
      UPDATE ${this.table} SET state = ${state}, value = '', last_at = now(), claimed_at = NULL WHERE id = ${id}::uuid`;
  }

  private async backToDead(tx: Db, id: string, reason: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE ${this.table} SET state = 'dead', reason = ${reason}, last_at = now(), claimed_at = NULL
      WHERE id = ${id}::uuid AND state = 'retrying'`;
  }

  private async locked(tx: Db, id: string): Promise<Locked> {
    const [row] = await tx.$queryRaw<Locked[]>`
      SELECT topic, partition, "offset"::text AS "offset", key, value, size, state, encode(digest, 'hex') AS digest,
             claimed_at < now() - ${CUT_OFF}::interval AS "cutOff"
      FROM ${this.table} WHERE id = ${id}::uuid FOR UPDATE`;
    if (!row) throw notFound();
    return row;
  }

  private async counts() {
    const { app, database } = this.letters;
    const rows = await database.client.$queryRaw<{ topic: string; count: number }[]>`
      SELECT topic, count(*)::int AS count FROM ${this.table} WHERE state IN ('dead', 'retrying') GROUP BY topic`;
    return rows.map((row) => ({ service: app, ...row }));
  }

  private get columns(): Prisma.Sql {
    return Prisma.sql`id, topic, partition, "offset"::text AS "offset", key, reason, attempts, state, first_at AS "firstAt",
      last_at AS "lastAt", size, (length(value) = size) AS kept, encode(digest, 'hex') AS digest`;
  }
}

interface Locked {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  value: Uint8Array;
  size: number;
  state: LetterState;
  digest: string;
  cutOff: boolean | null;
}

/** An event's ids, where it is what its schema says: nothing else may be in one. */
function idsOf(topic: string, value: Uint8Array): object | undefined {
  const schema = Object.hasOwn(eventSchemas, topic) ? eventSchemas[topic as InternalTopic] : undefined;
  try {
    return schema?.safeParse(JSON.parse(Buffer.from(value).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function notFound(): HubError {
  return new HubError('not_found', 'There is no such dead letter in this service.');
}

function wrongState(state: LetterState): HubError {
  const words = { dead: 'waiting', retrying: 'being retried', handled: 'handled already', dropped: 'dropped already' };
  return new HubError('wrong_state', `This dead letter is ${words[state]}. Nothing was changed.`);
}
