import { describe, expect, it } from '@jest/globals';
import { readConfig } from '#platform';
import { Test } from '@nestjs/testing';
import { pino } from 'pino';
import { disclosureConfig } from './config.js';
import { DisclosureModule } from './disclosure.module.js';
import { PackWorker } from './preparing/pack-worker.js';
import { RequestsConsumer } from './requesting/requests.consumer.js';
import { ChangesConsumer } from './standing/changes.consumer.js';

describe('the disclosure service', () => {
  it('is put together whole', async () => {
    const config = readConfig(disclosureConfig, {
      HUB_ID: 'test',
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      KEYS_DIR: '/nowhere',
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_CA_FILE: 'ca',
      KAFKA_CERT_FILE: 'crt',
      KAFKA_KEY_FILE: 'key',
      HTTP_PORT: '0',
      AUDIT_URL: 'http://127.0.0.1:1',
    });
    const logger = pino({ level: 'silent' });
    const module = await Test.createTestingModule({ imports: [DisclosureModule.with(config, logger)] }).compile();
    for (const part of [PackWorker, RequestsConsumer, ChangesConsumer]) expect(module.get(part)).toBeInstanceOf(part);
  });
});
