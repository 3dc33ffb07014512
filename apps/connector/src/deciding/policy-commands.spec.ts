import { PassThrough, Readable, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { loadPolicy } from '#policy';
import { registerPolicy } from './register-policy.js';

const item = (id: string, changes: object = {}) => ({
  id,
  source: 'ashfield',
  category: 'identity',
  person: 'vera',
  field: 'surname',
  kind: 'ordinary',
  confidential: false,
  thirdParties: [],
  ...changes,
});

/** A made-up request for a review whose panel the recipient sits on. */
const request = (id: string, items: object[] = [item('i1')]) =>
  JSON.stringify({
    id,
    at: '2026-11-01T12:00:00Z',
    purpose: 'dhr',
    recipient: {
      agency: 'idva',
      kind: 'specialist',
      authority: true,
      panel: ['review-1'],
      safeguardingPartner: true,
      conflicts: [],
      actsFor: [],
    },
    case: {
      id: 'case-1',
      people: [{ id: 'vera', role: 'victim', deceased: true, adultAtRisk: false }],
      criteria: { visibleHighRisk: false, professionalJudgement: false, potentialEscalation: false, repeat: false },
      review: { id: 'review-1', open: true },
      withoutConsent: null,
      justification: null,
      caldicott: false,
      breakGlass: null,
      safetyDelay: false,
      requester: null,
    },
    agreements: [
      {
        source: 'ashfield',
        recipient: 'idva',
        purposes: ['dhr'],
        categories: ['identity'],
        from: '2026-01-01T00:00:00Z',
        to: null,
      },
    ],
    consents: [],
    items,
  });

async function mash(
  args: string[],
  input: Readable | string | Buffer = '',
): Promise<{ out: string; err: string; code: number }> {
  const collected = { out: '', err: '', code: -1 };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        collected[name] += chunk.toString('utf8');
        done();
      },
    });
  const program = new Command('mash').exitOverride().configureOutput({ writeErr: () => {} });
  const stdin = input instanceof Readable ? input : Readable.from([Buffer.from(input as string)]);
  registerPolicy(program, { stdin, stdout: into('out'), stderr: into('err'), exit: (code) => (collected.code = code) });
  await program.parseAsync(['policy', ...args], { from: 'user' });
  return collected;
}

const answers = (out: string) =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const DECIDE = ['decide', '--policy', '2026-01'];

describe('mash policy decide', () => {
  it('answers one line a request, in order, with one decision an item', async () => {
    const { out, code } = await mash(
      DECIDE,
      [request('a', [item('1'), item('2', { field: 'niNumber' })]), request('b')].join('\n'),
    );
    expect(answers(out)).toEqual([
      {
        id: 'a',
        policy: '2026-01',
        items: [
          { id: '1', outcome: 'release', reason: 'dvcva2004.s9', rule: 13, basis: 'dvcva2004.s9' },
          { id: '2', outcome: 'withhold', reason: 'not_necessary', rule: 6 },
        ],
      },
      {
        id: 'b',
        policy: '2026-01',
        items: [{ id: 'i1', outcome: 'release', reason: 'dvcva2004.s9', rule: 13, basis: 'dvcva2004.s9' }],
      },
    ]);
    expect(code).toBe(0);
  });

  it('answers a bad line with an error and its id where there is one, and goes on', async () => {
    const bad = ['{"id":"x"}', '{"id":', '[]', '{"id":{"a":1}}', 'null'];
    const { out, err, code } = await mash(DECIDE, [...bad, request('good'), ''].join('\n'));
    const given = answers(out);
    expect(given.map(({ id }) => id)).toEqual(['x', null, null, null, null, 'good']);
    expect(given.map(({ error }) => (error as { code: string } | undefined)?.code)).toEqual([
      'request_invalid',
      'not_json',
      'request_invalid',
      'request_invalid',
      'request_invalid',
      undefined,
    ]);
    expect(err).toContain('5 line(s)');
    expect(code).toBe(0);
  });

  it('takes a byte order mark, carriage returns, empty lines and a last line without newline', async () => {
    const { out } = await mash(DECIDE, `\uFEFF${request('a')}\r\n\r\n  \n${request('b')}\r\n\n${request('c')}`);
    expect(answers(out).map(({ id, error }) => [id, error])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['c', undefined],
    ]);
  });

  it('refuses a line that is not UTF-8 and goes on', async () => {
    const { out } = await mash(DECIDE, Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(request('a'))]));
    expect(answers(out)).toMatchObject([{ id: null, error: { code: 'not_utf8' } }, { id: 'a' }]);
  });

  it('takes a line of 10,000 items in small pieces, split inside a character', async () => {
    const items = Array.from({ length: 10_000 }, (_, i) => item(`é${i}`));
    const bytes = Buffer.from(request('wide', items) + '\n' + request('next'));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 4093) }, (_, i) =>
      bytes.subarray(i * 4093, (i + 1) * 4093),
    );
    const [wide, next] = answers((await mash(DECIDE, Readable.from(pieces))).out);
    expect((wide!['items'] as { id: string }[]).map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(next).toMatchObject({ id: 'next' });
  });

  it('answers a line before the next one comes', async () => {
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    const program = new Command('mash');
    registerPolicy(program, { stdin, stdout, stderr: new PassThrough(), exit: () => {} });
    const done = program.parseAsync(['policy', ...DECIDE], { from: 'user' });
    stdin.write(request('first') + '\n');
    const [chunk] = (await new Promise((resolve) => stdout.once('data', (data: Buffer) => resolve([data])))) as [
      Buffer,
    ];
    expect(JSON.parse(chunk.toString('utf8'))).toMatchObject({ id: 'first' });
    stdin.end();
    await done;
  });

  it('reads no further than the reader of its answers keeps up with', async () => {
    let produced = 0;
    const stdin = Readable.from(
      (async function* () {
        for (; produced < 20_000; produced++) yield Buffer.from(request(`r${produced}`) + '\n');
      })(),
    );
    const stdout = new PassThrough({ highWaterMark: 1024 });
    const program = new Command('mash');
    registerPolicy(program, { stdin, stdout, stderr: new PassThrough(), exit: () => {} });
    const done = program.parseAsync(['policy', ...DECIDE], { from: 'user' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(produced).toBeLessThan(500);
    stdout.resume();
    await done;
    expect(produced).toBe(20_000);
  });

  it.each(['2027-01', '../2026-01'])('is a usage error for the unknown version %s', async (version) => {
    expect(await mash(['decide', '--policy', version], request('a'))).toMatchObject({ out: '', code: 2 });
  });
});

describe('mash policy fields', () => {
  it('prints the minimisation lists as they are', async () => {
    const { out, code } = await mash(['fields']);
    expect(JSON.parse(out)).toEqual(loadPolicy('2026-01').fields);
    expect(code).toBe(0);
  });
});

describe('mash policy explain', () => {
  it('tells an item of a request in words, or as JSON', async () => {
    const words = await mash(['explain', '--item', 'i1'], request('a'));
    expect(words.out).toMatch(/^May idva have .*\n\nYes\. Row 13 .*\n\nWhat would have to be different: /);
    const json = await mash(['explain', '--item', 'i1', '--json'], request('a'));
    expect(JSON.parse(json.out)).toMatchObject({ rule: 13, outcome: 'release' });
  });

  it.each([
    ['an item that is not there', 'i9', request('a'), 'no item'],
    ['no request', 'i1', '', 'no request'],
    ['a request that is none', 'i1', '{"id":', 'not JSON'],
  ])('fails for %s', async (_says, id, input, message) => {
    const { out, err, code } = await mash(['explain', '--item', id], input);
    expect([out, code]).toEqual(['', 1]);
    expect(err).toContain(message);
  });
});
