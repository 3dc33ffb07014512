import { eventSchemas } from '#contracts';
import { readJson, type ReceivedMessage } from '#platform';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { ServiceConsent } from '../../consent/service-consent.js';
import { CaseOpening } from './case-opening.js';

/** New people the hub has cause to hold: a referral opens a case, a Women's Aid row brings consent. */
@Controller()
export class SubjectsConsumer {
  constructor(
    @Inject(CaseOpening) private readonly opening: CaseOpening,
    @Inject(ServiceConsent) private readonly consents: ServiceConsent,
  ) {}

  @EventPattern('subjects.changed')
  async subjectsChanged(message: ReceivedMessage) {
    const event = readJson(message, eventSchemas['subjects.changed']);
    if (event.feed === 'marac-referral') await this.opening.open(event);
    else if (event.feed === 'dv-service') await this.consents.take(message, event);
  }
}
