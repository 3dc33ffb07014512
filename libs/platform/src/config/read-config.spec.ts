import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeConfig, readConfig } from './read-config.js';
import { serviceConfig } from './service-config.js';

const good = {
  HUB_ID: 'county',
  DATABASE_URL: 'postgresql://mash_ingest:hunter2@db/mash',
  KEYS_DIR: '/keys',
  KAFKA_BROKERS: 'a:1,b:2',
  KAFKA_CA_FILE: 'ca',
  KAFKA_CERT_FILE: 'crt',
  KAFKA_KEY_FILE: 'key',
  HTTP_PORT: '8080',
};

describe('configuration', () => {
  it('is read once, in the types the service uses, with safe defaults', () => {
    expect(readConfig(serviceConfig, good)).toMatchObject({
      KAFKA_BROKERS: ['a:1', 'b:2'],
      HTTP_PORT: 8080,
      HTTP_HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
    });
  });

  it('holds nothing of the environment but what the schema names', () => {
    expect(readConfig(serviceConfig, { ...good, AWS_SECRET: 'x' })).not.toHaveProperty('AWS_SECRET');
  });

  it.each(Object.keys(good))('a missing or empty %s is named, and stops the service', (name) => {
    for (const value of [undefined, ''])
      expect(() => readConfig(serviceConfig, { ...good, [name]: value })).toThrow(
        expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining(name) }),
      );
  });

  it('no value that is wrong is repeated', () => {
    const wrong = Object.fromEntries(Object.keys(good).map((name) => [name, 'Hunter two!']));
    const schema = serviceConfig.extend({ URL: z.url(), CHOICE: z.enum(['a', 'b']), NUMBER: z.coerce.number() });
    const read = () =>
      readConfig(schema, { ...wrong, URL: 'Hunter two!', CHOICE: 'Hunter two!', NUMBER: 'Hunter two!' });
    expect(read).toThrow(/DATABASE_URL.*URL.*CHOICE.*NUMBER/s);
    expect(read).not.toThrow(/Hunter/);
  });

  it('is shown without its secrets', () => {
    const shown = describeConfig({
      ...readConfig(serviceConfig, good),
      SESSION_SECRET: 'hunter2',
      MAIL_URL: 'smtp://hub:hunter2@mail:25',
    });
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('DATABASE_URL=(hidden)');
    expect(shown).toContain('MAIL_URL=smtp://(hidden)@mail:25');
    expect(shown).toContain('HUB_ID=county');
  });
});
