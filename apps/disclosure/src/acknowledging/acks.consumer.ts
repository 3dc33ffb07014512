import { agencyOfTopic } from '#contracts';
import { Consumer, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { Acknowledgements } from './acknowledgements.js';

/** The broker's ACLs let only the agency itself write to its topic; its signature is verified again. */
@Consumer()
export class AcksConsumer {
  constructor(@Inject(Acknowledgements) private readonly acknowledgements: Acknowledgements) {}

  @EventPattern(/^acks\./)
  async receive(message: ReceivedMessage) {
    await this.acknowledgements.take(agencyOfTopic(message.topic)!.agency, message);
  }
}
