import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { z } from 'zod';
import { HubError } from '#contracts';
import { describeError, NestLog } from './logger.js';

const CANARY = 'Mary Sample';

describe('what of an error stands in a log', () => {
  it('of ours: name, code and message, which never carry person data', () => {
    expect(describeError(new HubError('busy', 'Try again.'))).toMatchObject({
      name: 'HubError',
      code: 'busy',
      message: 'Try again.',
    });
  });

  it('of a library: name, code and place, never the message', () => {
    const error = Object.assign(new TypeError(`no such column "${CANARY}"`), { code: '42703' });
    expect(describeError(error)).toEqual({
      name: 'TypeError',
      code: '42703',
      at: expect.stringMatching(/^at .*logger\.spec/),
    });
  });

  it('nor a line of the message that looks like a place', () => {
    expect(JSON.stringify(describeError(new Error(`bad row\n    at ${CANARY}`)))).not.toContain('Mary');
  });

  it.each([
    ['a name that is data', Object.assign(new Error('x'), { name: CANARY })],
    ['a code that is data', Object.assign(new Error('x'), { code: CANARY })],
    ['a cause', new Error('x', { cause: new Error(CANARY) })],
    ['a row that was thrown', { name: 'Mary', surname: 'Sample', code: 'Mary', type: 'Sample' }],
    ['a text that was thrown', CANARY],
    ['an issue list', z.object({ a: z.number() }).safeParse({ a: CANARY }).error],
    ['a class that borrows our name', new (class HubError extends Error {})(CANARY)],
    ['nothing', null],
    ['nothing at all', undefined],
  ])('%s does not leak', (_, thrown) => {
    const told = JSON.stringify(describeError(thrown));
    expect(told).not.toMatch(/Mary|Sample/);
    expect(JSON.parse(told).name).toMatch(/^\w+$/);
  });

  it.each(['42P01', 'P2002', 'ECONNRESET', 'NOT_COORDINATOR', 'consent_withdrawn', 'ERR_HTTP_HEADERS_SENT', 'busy'])(
    'the code %s is told',
    (code) => {
      expect(describeError(Object.assign(new Error('x'), { code }))).toMatchObject({ code });
    },
  );

  it('Kafka’s word for what went wrong stands in for a code', () => {
    expect(describeError(Object.assign(new Error('x'), { type: 'MESSAGE_TOO_LARGE' }))).toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
    });
  });
});

describe('the framework’s own words', () => {
  it('an error, and the stack that may come with it, is told by its name', () => {
    const lines: string[] = [];
    const log = new NestLog(pino({ level: 'debug' }, { write: (line) => void lines.push(line) }));
    const error = new RangeError(CANARY);
    log.error(error, error.stack);
    log.error(CANARY, error.stack, 'Router');
    log.fatal(error, { name: CANARY });
    log.warn(error);
    log.log({ surname: CANARY }, 'InstanceLoader');
    expect(lines.join('')).not.toContain('Mary');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'RangeError',
      'framework error',
      'RangeError',
      'RangeError',
      'object',
    ]);
    expect(lines.map((line) => JSON.parse(line).context)).toEqual([
      undefined,
      'Router',
      undefined,
      undefined,
      'InstanceLoader',
    ]);
  });
});
