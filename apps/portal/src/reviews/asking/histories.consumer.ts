import { eventSchemas } from '#contracts';
import { Consumer, readJson, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { HistoriesReceived } from './histories-received.js';

/** Answers of agencies to a review's requests. */
@Consumer()
export class HistoriesConsumer {
  constructor(@Inject(HistoriesReceived) private readonly received: HistoriesReceived) {}

  @EventPattern('records.accepted')
  async recordsAccepted(message: ReceivedMessage) {
    const event = readJson(message, eventSchemas['records.accepted']);
    if (event.feed === 'agency-history' && event.histories?.length) await this.received.link(message, event);
  }
}
