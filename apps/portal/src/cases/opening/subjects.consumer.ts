import { eventSchemas } from '#contracts';
import { Consumer, readJson, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { ServiceConsent } from '../../consent/service-consent.js';
import { CaseOpening } from './case-opening.js';

/** New people the hub has cause to hold: a referral opens a case, a Women's Aid row brings consent. */
@Consumer()
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
