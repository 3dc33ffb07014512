import { topics } from '#contracts';
import { appendAudit, Database, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { PacksRepository, type PackRow } from '../preparing/packs.repository.js';
import { OutboxRepository } from '../sending/outbox.repository.js';
import { Standing } from './standing.js';

/** No pack takes the place of one that nobody is to have any more. */
const NOT_REPLACED = new Set(['not_invited']);

/** Packs that have not left yet: stopped, and made anew from what may still be shared. */
@Injectable()
export class UnsentPacks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(Standing) private readonly standing: Standing,
  ) {}

  /**
   * Holds every unsent pack against the facts as they are now.
   * @returns how many were stopped
   */
  async recheck(): Promise<number> {
    const prepared = (await this.packs.inState(this.database.client, 'prepared')).map(({ id }) => id);
    const queued = await this.outbox.queuedPacks(this.database.client);
    let stopped = 0;
    for (const id of new Set([...prepared, ...queued])) {
      const stands = await this.database.unitOfWork(async (tx) => {
        await this.outbox.hold(tx);
        return this.stopUnlessStanding(tx, id);
      });
      if (!stands) stopped += 1;
    }
    return stopped;
  }

  /** In the caller's transaction. @returns false when the pack may not leave: it is stopped then, and taken out of the outbox */
  async stopUnlessStanding(tx: Db, id: string): Promise<boolean> {
    const pack = await this.packs.lock(tx, id);
    if (!pack) return false;
    if (pack.state !== 'prepared' && pack.state !== 'sent') return pack.state === 'acknowledged';
    const why = await this.standing.broken(tx, pack);
    if (why) await this.stop(tx, pack, why);
    return why === null;
  }

  /** Ends a pack that cannot be made or sent, for good, with the code. One that has left stays as it is. */
  async fail(id: string, code: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      await this.outbox.hold(tx);
      const pack = await this.packs.lock(tx, id);
      if (pack?.state !== 'requested' && pack?.state !== 'prepared' && pack?.state !== 'sent') return;
      const removed = await this.outbox.remove(tx, topics.disclosures(pack.recipient), id);
      if (pack.state === 'sent' && removed === 0) return;
      await this.packs.end(tx, id, 'failed', code);
      await appendAudit(tx, {
        actor: { type: 'service', id: 'disclosure' },
        action: 'PackFailed',
        purpose: pack.purpose,
        object: { type: 'pack', id },
        outcome: code,
        detail: { recipient: pack.recipient },
      });
    });
  }

  /** A pack that was decided and cannot go on as it is: another takes its place. One only asked for is still asked for. */
  async interrupt(id: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const pack = await this.packs.lock(tx, id);
      if (pack?.state === 'prepared') await this.stop(tx, pack, 'interrupted');
    });
  }

  /** Stops a pack that has not left, with the reason, and asks for another in its place. One that has left stays sent. */
  async stop(tx: Db, pack: PackRow, why: string): Promise<void> {
    const removed = await this.outbox.remove(tx, topics.disclosures(pack.recipient), pack.id);
    if (pack.state === 'sent' && removed === 0) return;
    await this.packs.end(tx, pack.id, 'stopped', why);
    const replaced = NOT_REPLACED.has(why) ? [] : await this.packs.request(tx, [pack]);
    await appendAudit(tx, {
      actor: { type: 'service', id: 'disclosure' },
      action: 'PackStopped',
      purpose: pack.purpose,
      object: { type: 'pack', id: pack.id },
      outcome: why,
      detail: { recipient: pack.recipient, replacedBy: replaced[0] ?? null },
    });
  }
}
