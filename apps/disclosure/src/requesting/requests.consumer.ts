import { eventSchemas } from '#contracts';
import { Consumer, readJson, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { HistoryRequests } from '../asking/history-requests.js';
import { PackWorker } from '../preparing/pack-worker.js';
import { PackRelay } from '../sending/pack-relay.js';
import { PackRequests } from './pack-requests.js';

/** Somebody asked for packs, or for histories to be asked for. */
@Consumer()
export class RequestsConsumer {
  constructor(
    @Inject(PackRequests) private readonly requests: PackRequests,
    @Inject(HistoryRequests) private readonly histories: HistoryRequests,
    @Inject(PackWorker) private readonly worker: PackWorker,
    @Inject(PackRelay) private readonly relay: PackRelay,
  ) {}

  @EventPattern('packs.requested')
  async packsRequested(message: ReceivedMessage) {
    const asked = readJson(message, eventSchemas['packs.requested']);
    if (asked.kind === 'history-request') {
      await this.histories.send(asked.requestIds, asked.requestedBy);
      return this.relay.nudge();
    }
    const id = asked.kind === 'marac' ? asked.meetingId : asked.reviewId;
    await this.requests.take(message, asked.kind, id, asked.requestedBy);
    this.worker.nudge();
  }
}
