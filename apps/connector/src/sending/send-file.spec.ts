import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HubError } from '#contracts';
import { generateAgencyKey, openMessage, readPublicKey, readSecretKey } from '#crypto';
import { appendFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyFolder } from '../agency/agency-folder.js';
import { Random } from '../generating/random.js';
import type { SealOptions } from '../sealing/seal-file.js';
import { sendFile, type SendRequest } from './send-file.js';
import { sentSubmission, SendingFolder } from './sending-state.js';
import type { Taken, Way } from './ways.js';

const SEED = 20261124;

/** A hub that keeps what it is sent and may fail before or after it has taken a message. */
class StubHub implements Way {
  readonly messages: Buffer[] = [];
  constructor(private readonly fails: (nth: number) => 'before' | 'after' | Error | null = () => null) {}
  private calls = 0;
  async send(_feed: string, message: Buffer): Promise<Taken> {
    const how = this.fails(++this.calls);
    if (how instanceof Error) throw how;
    if (how === 'before') throw new Error('cut');
    this.messages.push(message);
    if (how === 'after') throw new Error('cut');
    return {};
  }
  async close(): Promise<void> {}
}

let template: string;
let dir: string;
let folder: AgencyFolder;
let hub: Awaited<ReturnType<typeof generateAgencyKey>>;
let agency: typeof hub;
beforeAll(async () => {
  [hub, agency] = [
    await generateAgencyKey({ agency: 'hub', name: 'hub' }),
    await generateAgencyKey({ agency: 'ashfield', name: 'ashfield' }),
  ];
  template = await mkdtemp(join(tmpdir(), 'agency-'));
  await writeFile(join(template, 'agency.json'), JSON.stringify({ agency: 'ashfield', hub: {} }));
  await writeFile(join(template, 'agency.key.asc'), agency.privateKeyArmored);
  await writeFile(join(template, 'hub.pub.asc'), hub.publicKeyArmored);
  return () => rm(template, { recursive: true });
});
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sending-'));
  await cp(template, join(dir, 'agency'), { recursive: true });
  folder = await AgencyFolder.open(join(dir, 'agency'));
});
afterEach(() => rm(dir, { recursive: true }));

const options: SealOptions = { feed: 'arrears', mode: 'full', dir: '', json: true };
const request = (file: string, way: Way, more: Partial<SendRequest> = {}): SendRequest => ({
  folder,
  file,
  options,
  way,
  retryForMs: 0,
  ...more,
});

/** Five thousand rows fill a batch. */
async function aFile(name: string, rows: number): Promise<string> {
  const file = join(dir, name);
  const lines = Array.from({ length: rows }, (_, i) =>
    JSON.stringify({ recordRef: `${name}-${i}`, person: { surname: 'Invented' }, tenancyRef: `T-${i}` }),
  );
  await writeFile(
    file,
    lines
      .map(
        (line) => `${line}
`,
      )
      .join(''),
  );
  return file;
}

/** What the hub makes of it: each batch once; the same batch again must be the same bytes. */
async function refsTaken(messages: Buffer[]) {
  const batches = new Map<string, Buffer>();
  const refs: string[] = [];
  const submissions = new Set<string>();
  for (const message of messages) {
    const opened = await openMessage({
      message,
      decryptionKeys: [await readSecretKey(hub.privateKeyArmored)],
      now: new Date(),
      signers: [
        {
          agency: 'ashfield',
          publicKey: await readPublicKey(agency.publicKeyArmored),
          fingerprint: agency.fingerprint,
        },
      ],
    });
    if (!opened.ok) throw new Error(opened.code);
    const [first, ...lines] = Buffer.from(opened.payload).toString('utf8').trimEnd().split('\n');
    const manifest = JSON.parse(first!);
    submissions.add(manifest.submission);
    const key = `${manifest.submission}/${manifest.batch}`;
    const before = batches.get(key);
    if (before) {
      expect(before.equals(message)).toBe(true);
      continue;
    }
    batches.set(key, message);
    refs.push(...lines.map((line) => JSON.parse(line).recordRef as string));
  }
  return { refs, submissions: [...submissions], batches: batches.size };
}

async function untilSent(file: string, way: Way, more: Partial<SendRequest> = {}) {
  for (let tries = 1; ; tries++) {
    const sent = await sendFile(request(file, way, more)).catch((error: unknown) => error);
    if (sent instanceof Error) {
      if (tries > 100) throw sent;
      continue;
    }
    const { state, resumed, finish } = sent as Awaited<ReturnType<typeof sendFile>>;
    finish();
    return { state, resumed, tries };
  }
}

describe('sending a file', () => {
  it(`cut off at random points (seed ${SEED}) sends each row once, each batch as the same bytes, in one submission`, async () => {
    const random = new Random(String(SEED));
    for (let round = 0; round < 4; round++) {
      const file = await aFile(`cut-${round}.ndjson`, 11_000);
      const way = new StubHub(() => (random.float() < 0.3 ? 'before' : random.float() < 0.5 ? 'after' : null));
      const { state, tries } = await untilSent(file, way);
      const { refs, submissions, batches } = await refsTaken(way.messages);
      expect({ round, refs: refs.length, distinct: new Set(refs).size, submissions }).toEqual({
        round,
        refs: 11_000,
        distinct: 11_000,
        submissions: [state.submission],
      });
      expect(batches).toBe(state.batches.length);
      expect(batches).toBeGreaterThan(2);
      if (round === 0) expect(tries).toBeGreaterThan(1);
    }
  }, 120_000);

  it('tries again by itself while there is time', async () => {
    const file = await aFile('a.ndjson', 3);
    const way = new StubHub((nth) => (nth <= 2 ? 'before' : null));
    const sent = await sendFile(request(file, way, { retryForMs: 5_000 }));
    expect(sent.state.rows).toBe(3);
    sent.finish();
  });

  it('that cannot be reached is told with how far it came', async () => {
    const file = await aFile('a.ndjson', 3);
    await expect(sendFile(request(file, new StubHub(() => 'before')))).rejects.toMatchObject({
      code: 'broker_unavailable',
      message: expect.stringContaining('0 of 1 batches'),
    });
  });

  it('killed before it could tell that all is sent finds that out, and sends nothing again', async () => {
    const file = await aFile('a.ndjson', 3);
    const way = new StubHub();
    (await sendFile(request(file, way))).keep();
    const again = await sendFile(request(file, way));
    expect(again).toMatchObject({ resumed: true });
    again.finish();
    expect(way.messages).toHaveLength(1);
    // Now it was told: the same file is meant to be sent again.
    (await sendFile(request(file, way))).finish();
    expect((await refsTaken(way.messages)).submissions).toHaveLength(2);
  });

  it('another file first finishes what is left of the one before, which then is not sent again', async () => {
    const [a, b] = [await aFile('a.ndjson', 6_000), await aFile('b.ndjson', 10)];
    const way = new StubHub((nth) => (nth === 2 ? 'before' : null));
    await expect(sendFile(request(a, way))).rejects.toMatchObject({ code: 'broker_unavailable' });
    (await sendFile(request(b, way))).finish();
    const late = await sendFile(request(a, way));
    expect(late.resumed).toBe(true);
    late.finish();
    const { refs, submissions } = await refsTaken(way.messages);
    expect([refs.length, submissions.length]).toEqual([6_010, 2]);
    const [first, second] = await Promise.all(submissions.map((id) => sentSubmission(folder, id)));
    expect(second!.sequence).toBeGreaterThan(first!.sequence);
  });

  it('what was sealed a week ago, or to another key, is sealed anew', async () => {
    for (const spoil of ['sealedAt', 'keys'] as const) {
      const file = await aFile(`${spoil}.ndjson`, 6_000);
      const way = new StubHub((nth) => (nth === 2 ? 'before' : null));
      await expect(sendFile(request(file, way))).rejects.toMatchObject({ code: 'broker_unavailable' });
      const stateFile = folder.path('sending/arrears/state.json');
      const state = JSON.parse(await readFile(stateFile, 'utf8'));
      if (spoil === 'sealedAt') state.sealedAt = new Date(Date.now() - 7 * 86_400_000).toISOString();
      else state.keys.hub = 'F'.repeat(40);
      await writeFile(stateFile, JSON.stringify(state));
      const news: string[] = [];
      const { state: sent } = await untilSent(file, way, { onNews: (line) => news.push(line) });
      expect(sent.submission).not.toBe(state.submission);
      expect(news.join()).toContain('sealed anew');
    }
  });

  it('a sealed batch that is damaged on the disk is not sent, and --anew seals it again', async () => {
    const file = await aFile('a.ndjson', 6_000);
    await expect(sendFile(request(file, new StubHub(() => 'before')))).rejects.toThrow();
    const place = await SendingFolder.open(folder, 'arrears');
    const { submission } = (await place.read())!;
    await writeFile(join(place.dir, submission, '1.pgp'), 'other bytes');
    const way = new StubHub();
    await expect(sendFile(request(file, way))).rejects.toMatchObject({ code: 'integrity' });
    expect(way.messages).toEqual([]);
    (await sendFile(request(file, way, { anew: true }))).finish();
    expect((await refsTaken(way.messages)).refs).toHaveLength(6_000);
  });

  it('is one program’s at a time for a feed', async () => {
    const file = await aFile('a.ndjson', 3);
    const sent = await sendFile(request(file, new StubHub()));
    await expect(sendFile(request(file, new StubHub()))).rejects.toMatchObject({ code: 'busy' });
    sent.finish();
  });

  it('what the hub refuses is not tried again', async () => {
    const file = await aFile('a.ndjson', 3);
    let calls = 0;
    const way = new StubHub(() => (calls++, new HubError('too_large', 'At most 64 MiB a batch.')));
    await expect(sendFile(request(file, way, { retryForMs: 60_000 }))).rejects.toMatchObject({ code: 'too_large' });
    expect(calls).toBe(1);
  });

  it('a file without one good row is refused before anything leaves, and one without rows too', async () => {
    const way = new StubHub();
    await writeFile(join(dir, 'bad.ndjson'), '{"recordRef":""}\n{"person":3}\n');
    await writeFile(join(dir, 'none.ndjson'), '\n');
    await expect(sendFile(request(join(dir, 'bad.ndjson'), way))).rejects.toMatchObject({ code: 'no_good_row' });
    await expect(sendFile(request(join(dir, 'none.ndjson'), way))).rejects.toMatchObject({ code: 'usage' });
    expect(way.messages).toEqual([]);
    expect(await readdir(folder.path('sending/arrears'))).toEqual([]);
  });

  it('a file that is written to while it is read is not sent', async () => {
    const file = await aFile('a.ndjson', 3);
    const way = new StubHub();
    // The last line grows between the first look at the file and the last.
    const onChecked = () => appendFileSync(file, '{"recordRef":"late"}\n');
    await expect(sendFile(request(file, way, { onChecked }))).rejects.toMatchObject({ code: 'conflict' });
    expect(way.messages).toEqual([]);
  });

  it('leaves sealed batches only until they are acknowledged, and nothing of a person in clear', async () => {
    const file = join(dir, 'Zebulon Quartermain.ndjson');
    const row = {
      recordRef: 'REF-77',
      person: { surname: 'Quartermain', forenames: ['Zebulon'] },
    };
    await writeFile(file, `${JSON.stringify(row)}\n`);
    await expect(sendFile(request(file, new StubHub(() => 'before')))).rejects.toThrow();
    const everything = async () => {
      const names = (await readdir(folder.dir, { recursive: true })).filter(
        (name) => !/\.asc$|agency\.json/.test(name),
      );
      const texts = await Promise.all(
        names.map(async (name) =>
          (await stat(folder.path(name))).isFile() ? readFile(folder.path(name), 'latin1') : '',
        ),
      );
      return [...names, ...texts].join('\n');
    };
    expect(await everything()).toContain('1.pgp');
    for (const secret of ['Quartermain', 'Zebulon', 'REF-77']) expect(await everything()).not.toContain(secret);
    (await sendFile(request(file, new StubHub()))).finish();
    expect(await everything()).not.toContain('.pgp');
    expect(await readdir(folder.path('sending/arrears'), { recursive: true })).toEqual(
      expect.not.arrayContaining(['state.json', 'lock']),
    );
    for (const secret of ['Quartermain', 'Zebulon', 'REF-77']) expect(await everything()).not.toContain(secret);
  });

  it('the sequence rises even where the clock was put back', async () => {
    const file = await aFile('a.ndjson', 1);
    const place = await SendingFolder.open(folder, 'arrears');
    const ahead = Date.now() + 86_400_000;
    await place.writeSequence(ahead);
    const sent = await sendFile(request(file, new StubHub()));
    expect(sent.state.sequence).toBe(ahead + 1);
    sent.finish();
  });
});
