import { agencyOfTopic } from '#contracts';
import { Consumer, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { FeedIntake } from './feed-intake.js';

/** The topic is limited to 1 MiB a message by the broker; what it holds may not be much larger once unpacked. */
const LIMITS = { maxMessageBytes: 1_100_000, maxPayloadBytes: 16 * 1024 * 1024 };

/** Feeds from Kafka. The broker's ACLs let only the agency itself write to its topic; everything else is verified again. */
@Consumer()
export class FeedConsumer {
  constructor(@Inject(FeedIntake) private readonly intake: FeedIntake) {}

  @EventPattern(/^feeds\./)
  async receive(message: ReceivedMessage) {
    const agency = agencyOfTopic(message.topic)!.agency;
    await this.intake.receive(agency, message.value, LIMITS, message);
  }
}
