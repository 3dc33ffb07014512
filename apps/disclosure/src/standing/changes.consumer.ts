import { eventSchemas } from '#contracts';
import { Consumer, readJson, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { PackWorker } from '../preparing/pack-worker.js';
import { UnsentPacks } from './unsent-packs.js';

/**
 * What packs rest on has changed: those that have not left are held against it at once. Nothing is taken once here: looking again
 * never does harm.
 */
@Consumer()
export class ChangesConsumer {
  constructor(
    @Inject(UnsentPacks) private readonly unsent: UnsentPacks,
    @Inject(PackWorker) private readonly worker: PackWorker,
  ) {}

  @EventPattern('consents.changed')
  async consentsChanged(message: ReceivedMessage) {
    readJson(message, eventSchemas['consents.changed']);
    await this.recheck();
  }

  /** Matching has applied a person's decision: only now is an undone link gone from what packs are made of. */
  @EventPattern('matches.changed')
  async matchesChanged(message: ReceivedMessage) {
    readJson(message, eventSchemas['matches.changed']);
    await this.recheck();
  }

  private async recheck(): Promise<void> {
    if ((await this.unsent.recheck()) > 0) this.worker.nudge();
  }
}
