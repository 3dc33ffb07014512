import { Database, describeError, isTransient, LOGGER } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { PackRelay } from '../sending/pack-relay.js';
import { UnsentPacks } from '../standing/unsent-packs.js';
import { PacksRepository, type PackRow } from './packs.repository.js';
import { Preparation, type PreparedPacks, type Trouble } from './preparation.js';

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
  /** failed tries by who is to have the pack: one that takes another's place goes on counting */
  private readonly attempts = new Map<string, number>();
  /** whose packs failed last: others go first */
  private troubled = '';

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
        // What was decided in that turn and did not leave may be known to nobody now.
        recovered = false;
        this.log.warn({ err: describeError(error) }, 'packs are waiting');
        await this.pause(PAUSE_MS);
      }
    }
  }

  /** Packs that another life of this service, or a turn that broke off, had decided but not sent. */
  async recover(): Promise<void> {
    for (const { id } of await this.packs.inState(this.database.client, 'prepared')) await this.unsent.interrupt(id);
  }

  /** Takes all that was asked for of one occasion by one person. @returns how many packs that were @throws when one did not get to its end */
  async turn(): Promise<number> {
    const waiting = await this.packs.inState(this.database.client, 'requested');
    const first = waiting.find((pack) => groupOf(pack) !== this.troubled) ?? waiting[0];
    if (!first) return 0;
    const batch = waiting.filter((pack) => groupOf(pack) === groupOf(first));
    const troubles = await this.make(batch);
    const broken = new Set(troubles.map(({ pack }) => pack.id));
    for (const pack of batch) if (!broken.has(pack.id)) this.attempts.delete(attemptsOf(pack));
    this.relay.nudge();
    this.troubled = troubles.length > 0 ? groupOf(first) : '';
    for (const trouble of troubles) await this.again(trouble);
    if (troubles[0]) throw troubles[0].error;
    return batch.length;
  }

  private async make(batch: PackRow[]): Promise<readonly Trouble[]> {
    try {
      return await this.sendPatiently(await this.preparation.prepare(batch));
    } catch (error) {
      if (isTransient(error)) throw error;
      return batch.map((pack) => ({ pack, error }));
    }
  }

  /** The audit may be away for a while: what is decided waits for it, as long as this service lives. */
  private async sendPatiently(prepared: PreparedPacks): Promise<readonly Trouble[]> {
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

  /** Once more, but a fault of ours must not go on for ever. */
  private async again({ pack, error }: Trouble): Promise<void> {
    if (!isTransient(error)) {
      const tries = (this.attempts.get(attemptsOf(pack)) ?? 0) + 1;
      this.attempts.set(attemptsOf(pack), tries);
      if (tries >= ATTEMPTS) {
        await this.unsent.fail(pack.id, 'internal');
        this.attempts.delete(attemptsOf(pack));
        return;
      }
    }
    await this.unsent.interrupt(pack.id);
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

function attemptsOf(pack: PackRow): string {
  return `${groupOf(pack)}/${pack.recipient}`;
}
