import { appendAudit, Database, describeError, isTransient, LOGGER } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { PackRelay } from '../sending/pack-relay.js';
import { UnsentPacks } from '../standing/unsent-packs.js';
import { PacksRepository, type PackRow } from './packs.repository.js';
import { Preparation, type PreparedPacks } from './preparation.js';

const TICK_MS = 250;
const PAUSE_MS = 1_000;
const ATTEMPTS = 5;

/**
 * Makes the packs that were asked for. What is asked for stands in the database, so a service that was stopped goes on where it was;
 * what was opened lives in memory only, so a pack it had decided and not sent is stopped and made anew.
 */
@Injectable()
export class PackWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private running = false;
  private wake: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();
  private readonly attempts = new Map<string, number>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(Preparation) private readonly preparation: Preparation,
    @Inject(UnsentPacks) private readonly unsent: UnsentPacks,
    @Inject(PackRelay) private readonly relay: PackRelay,
  ) {}

  onApplicationBootstrap() {
    this.running = true;
    this.loop = this.run();
  }

  async onModuleDestroy() {
    this.running = false;
    this.nudge();
    await this.loop;
  }

  nudge(): void {
    this.wake();
  }

  private async run(): Promise<void> {
    let recovered = false;
    while (this.running) {
      try {
        if (!recovered) await this.recover();
        recovered = true;
        if ((await this.turn()) === 0) await this.pause(TICK_MS);
      } catch (error) {
        this.log.warn({ err: describeError(error) }, 'packs are waiting');
        await this.pause(PAUSE_MS);
      }
    }
  }

  /** Packs that another life of this service had decided but not sent. */
  async recover(): Promise<void> {
    for (const { id } of await this.packs.inState(this.database.client, 'prepared'))
      await this.database.unitOfWork(async (tx) => {
        const pack = await this.packs.lock(tx, id);
        if (pack?.state === 'prepared') await this.unsent.stop(tx, pack, 'interrupted');
      });
  }

  /** Takes all that was asked for of one occasion by one person. @returns how many packs that were */
  async turn(): Promise<number> {
    const waiting = await this.packs.inState(this.database.client, 'requested');
    const [first] = waiting;
    if (!first) return 0;
    const batch = waiting.filter((pack) => groupOf(pack) === groupOf(first));
    try {
      await this.sendPatiently(await this.preparation.prepare(batch));
    } catch (error) {
      await this.giveUpAfterSome(batch, error);
      throw error;
    }
    this.relay.nudge();
    return batch.length;
  }

  /** The audit may be away for a while: what is decided waits for it, as long as this service lives. */
  private async sendPatiently(prepared: PreparedPacks): Promise<void> {
    for (;;) {
      try {
        return await prepared.send();
      } catch (error) {
        if (!isTransient(error) || !this.running) throw error;
        this.log.warn({ err: describeError(error) }, 'packs wait for the audit');
        await this.pause(PAUSE_MS);
      }
    }
  }

  /** A fault of ours must not keep the next meeting's packs from going out. */
  private async giveUpAfterSome(batch: PackRow[], error: unknown): Promise<void> {
    if (isTransient(error)) return;
    for (const { id, recipient, purpose } of batch) {
      const tries = (this.attempts.get(id) ?? 0) + 1;
      this.attempts.set(id, tries);
      if (tries < ATTEMPTS) continue;
      this.attempts.delete(id);
      await this.database.unitOfWork(async (tx) => {
        const pack = await this.packs.lock(tx, id);
        if (pack?.state !== 'requested' && pack?.state !== 'prepared') return;
        await this.packs.end(tx, id, 'failed', 'internal');
        await appendAudit(tx, {
          actor: { type: 'service', id: 'disclosure' },
          action: 'PackFailed',
          purpose,
          object: { type: 'pack', id },
          outcome: 'internal',
          detail: { recipient },
        });
      });
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function groupOf({ purpose, occasion, requestedBy }: PackRow): string {
  return `${purpose}/${occasion}/${requestedBy}`;
}
