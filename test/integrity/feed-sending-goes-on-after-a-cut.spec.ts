import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../apps/connector/src/generating/random.js';
import { until } from '../../deploy/demo/waiting.js';
import { CuttingProxy, FeedingHub, mash, startMash, type Ran } from '../support/feeding.js';

const SEED = 20261124;
/** Five batches of 5,000. */
const ROWS = 25_000;

let hub: FeedingHub;
beforeAll(async () => {
  hub = await FeedingHub.start();
}, 120_000);
afterAll(() => hub?.stop(), 60_000);

async function aFile(name: string): Promise<string> {
  const file = join(hub.state, name);
  const lines = Array.from({ length: ROWS }, (_, i) => `${name}-${i},Invented,T-${i}\n`);
  await writeFile(file, `recordRef,surname,tenancyRef\n${lines.join('')}`);
  return file;
}

/** As a person would: the same command until it says it is done, killed at random on the way. */
async function sendKilling(args: string[], random: Random): Promise<{ last: Ran; kills: number }> {
  for (let kills = 0; ;) {
    const { child, ended } = startMash(args);
    // A run takes about a second and a half, half of it starting up; later runs have less to do.
    const timer = setTimeout(() => child.kill('SIGKILL'), random.int(300, 2_500));
    const ran = await ended;
    clearTimeout(timer);
    if (ran.signal === 'SIGKILL' && ++kills < 12) continue;
    if (ran.signal !== 'SIGKILL') return { last: ran, kills };
    return { last: await mash(...args), kills };
  }
}

async function expectTakenOnce(agency: string, submission: string): Promise<void> {
  await until('the hub to take it', async () => (await hub.taken(agency, 'arrears')).complete === 1, 90);
  expect(await hub.taken(agency, 'arrears')).toEqual({
    submissions: 1,
    complete: 1,
    rows: ROWS,
    stored: ROWS,
    refused: 0,
  });
  const left = await readdir(join(hub.agency(agency), 'sending', 'arrears'), { recursive: true });
  expect(left.filter((name) => name.endsWith('.pgp') || name.endsWith('state.json'))).toEqual([]);
  const sent = JSON.parse(await readFile(join(hub.agency(agency), 'submissions', `${submission}.json`), 'utf8'));
  expect(sent.batches).toHaveLength(5);
}

describe('mash feed send goes on after a cut', () => {
  it.each([
    ['over Kafka', 'ashfield', '--kafka'],
    ['over HTTPS', 'gedling', '--https'],
  ])(
    `%s: killed (SIGKILL) at random points, seed ${SEED}, it neither skips nor doubles a row`,
    async (_name, agency, way) => {
      const file = await aFile(`${agency}.csv`);
      const args = ['feed', 'send', file, '--feed', 'arrears', '--dir', hub.agency(agency), '--json', way];
      const { last, kills } = await sendKilling(args, new Random(`${SEED}/${agency}`));
      expect(last).toMatchObject({ code: 0 });
      const told = JSON.parse(last.out);
      expect(told).toMatchObject({ rows: ROWS, batches: 5 });
      expect(kills).toBeGreaterThan(0);
      await expectTakenOnce(agency, told.submission);
    },
    180_000,
  );

  it(`over HTTPS through a line that is cut again and again, seed ${SEED}, within one command`, async () => {
    const random = new Random(`${SEED}/line`);
    const line = await CuttingProxy.before(Number(new URL(hub.hub.ingest).port), () => random.int(2_000, 2_500_000));
    try {
      const own = join(hub.state, 'mansfield');
      await cp(hub.agency('mansfield'), own, { recursive: true });
      const address = new URL(hub.hub.ingest);
      address.port = String(line.port);
      await writeFile(join(own, 'agency.json'), JSON.stringify({ agency: 'mansfield', hub: { https: address.href } }));
      const file = await aFile('mansfield.csv');
      const args = ['feed', 'send', file, '--feed', 'arrears', '--dir', own, '--json', '--https', '--retry', '60'];
      const ran = await mash(...args);
      expect(ran).toMatchObject({ code: 0 });
      expect(line.cuts).toBeGreaterThan(0);
      await cp(own, hub.agency('mansfield'), { recursive: true });
      await expectTakenOnce('mansfield', JSON.parse(ran.out).submission);
    } finally {
      await line.stop();
    }
  }, 120_000);

  it('over Kafka the broker may be killed meanwhile: the same command goes on when it is back', async () => {
    const file = await aFile('broxtowe.csv');
    const args = [
      'feed',
      'send',
      file,
      '--feed',
      'arrears',
      '--dir',
      hub.agency('broxtowe'),
      '--json',
      '--retry',
      '90',
    ];
    const { ended } = startMash(args);
    const state = join(hub.agency('broxtowe'), 'sending', 'arrears', 'state.json');
    // Sealed, and some of it perhaps sent.
    await until('the sending to begin', async () => existsSync(state), 30);
    process.kill(hub.hub.pids()['kafka']!, 'SIGKILL');
    const ran = await ended;
    expect(ran).toMatchObject({ code: 0 });
    await expectTakenOnce('broxtowe', JSON.parse(ran.out).submission);
  }, 180_000);

  it('a hub that cannot be reached is told in a line, with exit code 1, and nothing is lost', async () => {
    const own = join(hub.state, 'bassetlaw');
    await cp(hub.agency('bassetlaw'), own, { recursive: true });
    const nobody = { brokers: ['localhost:9'], https: 'https://localhost:9' };
    await writeFile(join(own, 'agency.json'), JSON.stringify({ agency: 'bassetlaw', hub: nobody }));
    const file = await aFile('bassetlaw.csv');
    const args = ['feed', 'send', file, '--feed', 'arrears', '--dir', own, '--retry', '0'];
    const ran = await mash(...args, '--https');
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/mash: the hub cannot be reached .*0 of 5 batches.*goes on from there/);
    // What the file holds is told before anything could leave.
    expect(ran.out).toMatch(/25,?000 rows/);
    await writeFile(
      join(own, 'agency.json'),
      JSON.stringify({ agency: 'bassetlaw', hub: { brokers: hub.hub.kafka.brokers } }),
    );
    const again = await mash(...args, '--json');
    expect(again).toMatchObject({ code: 0 });
    expect(JSON.parse(again.out)).toMatchObject({ resumed: true });
    await cp(own, hub.agency('bassetlaw'), { recursive: true });
    await expectTakenOnce('bassetlaw', JSON.parse(again.out).submission);
  }, 60_000);
});

describe('mash feed watch', () => {
  it(`killed (SIGKILL) at random, seed ${SEED}, loses no file and sends none twice; Ctrl-C ends it in good order`, async () => {
    const random = new Random(`${SEED}/watch`);
    const dir = join(hub.state, 'in');
    const args = ['feed', 'watch', dir, '--dir', hub.agency('rushcliffe'), '--settle', '0.3', '--interval', '0.2'];
    await mkdir(dir);
    const feeds = ['arrears', 'housing', 'asb'];
    for (const feed of feeds)
      await writeFile(
        join(dir, `${feed}-1.ndjson`),
        Array.from({ length: 6_000 }, (_, i) => `{"recordRef":"${feed}-${i}","person":{"surname":"Invented"}}\n`).join(
          '',
        ),
      );
    const waiting = async () => (await readdir(dir)).filter((name) => name.endsWith('.ndjson')).length;
    for (let kills = 0; kills < 8 && (await waiting()) > 0; kills++) {
      const { child, ended } = startMash([...args, '--mode', 'delta']);
      await sleep(random.int(600, 2_200));
      child.kill('SIGKILL');
      await ended;
    }
    const { child, ended } = startMash([...args, '--mode', 'delta']);
    // What a killed one left behind is taken over first.
    const holder = async () =>
      readFile(join(dir, '.mash-watch.lock'), 'utf8').then(
        (text) => (JSON.parse(text) as { pid: number }).pid,
        () => 0,
      );
    await until('the watcher to begin', async () => (await holder()) === child.pid, 30);
    await until('the rest to be sent', async () => (await waiting()) === 0, 120);
    // A second watcher is kept out.
    const second = startMash(args);
    // One that is not kept out would watch for ever.
    const kept = setTimeout(() => second.child.kill('SIGKILL'), 30_000);
    expect(await second.ended).toMatchObject({ code: 1, err: expect.stringContaining('Another mash watches') });
    clearTimeout(kept);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0 });
    expect((await readdir(join(dir, 'processed'))).sort()).toEqual(feeds.map((feed) => `${feed}-1.ndjson`).sort());
    expect(await readdir(join(dir, 'failed'))).toEqual([]);
    expect((await readdir(dir)).sort()).toEqual(['failed', 'processed']);
    for (const feed of feeds) {
      await until('the hub to take it', async () => (await hub.taken('rushcliffe', feed)).complete === 1, 60);
      expect(await hub.taken('rushcliffe', feed)).toMatchObject({ submissions: 1, refused: 0 });
    }
  }, 360_000);
});
