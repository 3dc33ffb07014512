import { agencyOfTopic } from '#contracts';
import type { ReceivedMessage } from '#platform';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { Acknowledgements } from './acknowledgements.js';

/** The broker's ACLs let only the agency itself write to its topic; its signature is verified again. */
@Controller()
export class AcksConsumer {
  constructor(@Inject(Acknowledgements) private readonly acknowledgements: Acknowledgements) {}

  @EventPattern(/^acks\./)
  async receive(message: ReceivedMessage) {
    await this.acknowledgements.take(agencyOfTopic(message.topic)!.agency, message);
  }
}
