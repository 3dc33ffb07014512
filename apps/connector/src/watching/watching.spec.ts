import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HubError } from '#contracts';
import { generateAgencyKey } from '#crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyFolder } from '../agency/agency-folder.js';
import { SendingFolder } from '../sending/sending-state.js';
import type { Taken, Way } from '../sending/ways.js';
import { look, type Found } from './look.js';
import { Settling } from './settling.js';
import { watch, type Watching, type WatchNews } from './watch.js';
import { feedOfFile, feedRules } from './which-feed.js';

class StubHub implements Way {
  readonly messages: Buffer[] = [];
  constructor(private readonly failure: (nth: number) => Error | null = () => null) {}
  private calls = 0;
  async send(_feed: string, message: Buffer): Promise<Taken> {
    const failure = this.failure(++this.calls);
    if (failure) throw failure;
    this.messages.push(message);
    return {};
  }
  async close(): Promise<void> {}
}

let template: string;
let root: string;
let dir: string;
let folder: AgencyFolder;
let news: WatchNews[];
beforeAll(async () => {
  const [hub, agency] = [
    await generateAgencyKey({ agency: 'hub', name: 'hub' }),
    await generateAgencyKey({ agency: 'ashfield', name: 'ashfield' }),
  ];
  template = await mkdtemp(join(tmpdir(), 'agency-'));
  await writeFile(join(template, 'agency.json'), JSON.stringify({ agency: 'ashfield', hub: {} }));
  await writeFile(join(template, 'agency.key.asc'), agency.privateKeyArmored);
  await writeFile(join(template, 'hub.pub.asc'), hub.publicKeyArmored);
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'watching-'));
  await cp(template, join(root, 'agency'), { recursive: true });
  await mkdir((dir = join(root, 'in')));
  folder = await AgencyFolder.open(join(root, 'agency'));
  news = [];
});
afterEach(() => rm(root, { recursive: true }));

const watching = (way: Way, more: Partial<Watching> = {}): Watching => ({
  dir,
  folder,
  rules: feedRules('arrears', []),
  options: { mode: 'full', dir: '', json: true },
  way,
  settleMs: 150,
  intervalMs: 50,
  markerOnly: false,
  once: true,
  retryForMs: 0,
  signal: new AbortController().signal,
  tell: (one) => news.push(one),
  ...more,
});
const put = (name: string, text: string) => writeFile(join(dir, name), text);
const GOOD = '{"recordRef":"A-1","person":{"surname":"Invented"}}\n';
const BAD = '{"recordRef":"A-2","person":{"surname":"Invented","dateOfBirth":"=cmd|never"}}\n';
const files = async () => (await readdir(dir, { recursive: true })).sort();
const events = (event: string) => news.filter((one) => one.event === event);

describe('watching a folder', () => {
  it('sends what is whole and moves it to processed, one after the other', async () => {
    await put('a.ndjson', GOOD);
    await put('b.csv', 'recordRef,surname\nB-1,Invented\n');
    const way = new StubHub();
    expect(await watch(watching(way))).toEqual({ failed: 0, refused: 0, waiting: 0 });
    expect(way.messages).toHaveLength(2);
    expect(await files()).toEqual(['failed', 'processed', 'processed/a.ndjson', 'processed/b.csv']);
    expect(events('sent')).toMatchObject([
      { file: 'a.ndjson', feed: 'arrears', rows: 1 },
      { file: 'b.csv', rows: 1 },
    ]);
  });

  it('moves a file that cannot be sent to failed, with a report that says where and holds no value of it', async () => {
    await put('a.ndjson', BAD);
    await put('b.csv', '"never closed');
    const way = new StubHub();
    expect(await watch(watching(way))).toMatchObject({ failed: 2 });
    expect(way.messages).toEqual([]);
    const report = await readFile(join(dir, 'failed/a.ndjson.report.csv'), 'utf8');
    expect(report).toMatch(/^line,field,column,code,message\n,,,no_good_row,/);
    expect(report).toContain('\n1,person.dateOfBirth,,invalid_date,');
    expect(report).not.toMatch(/never|Invented|A-2/);
    expect(await files()).toContain('failed/b.csv.report.csv');
    for (const cell of report.split(/[,\n]/)) expect(cell).not.toMatch(/^[=+@\t\r]/);
  });

  it('sends the good rows of a file with bad ones, and leaves a report of these beside it', async () => {
    await put('a.csv', 'Reference,Surname,DOB\nA-1,Invented,1980-01-02\nA-2,Invented,32/13/1980\n');
    await watch(watching(new StubHub()));
    expect(await files()).toContain('processed/a.csv.report.csv');
    expect(await readFile(join(dir, 'processed/a.csv.report.csv'), 'utf8')).toContain('\n3,person.dateOfBirth,DOB,');
    expect(events('sent')).toMatchObject([{ toCorrect: 1 }]);
  });

  it('keeps both when a file of the same name comes again', async () => {
    for (const round of [1, 2, 3]) {
      await put('a.ndjson', GOOD.replace('A-1', `A-${round}`));
      await watch(watching(new StubHub()));
    }
    expect((await files()).filter((name) => name.startsWith('processed/a'))).toHaveLength(3);
  });

  it('leaves everything where it is while the hub cannot be reached, and goes on with the same submission after', async () => {
    await put('a.ndjson', Array.from({ length: 6_000 }, (_, i) => GOOD.replace('A-1', `A-${i}`)).join(''));
    const away = new StubHub((nth) => (nth > 1 ? new Error('cut') : null));
    expect(await watch(watching(away))).toMatchObject({ failed: 0, waiting: 1 });
    expect(await files()).toContain('a.ndjson');
    const back = new StubHub();
    await watch(watching(back));
    expect([away.messages.length, back.messages.length]).toEqual([1, 1]);
    expect(await files()).toContain('processed/a.ndjson');
  });

  it('finishes what was half sent though its file has gone', async () => {
    await put('a.ndjson', GOOD);
    await watch(watching(new StubHub(() => new Error('cut'))));
    await rm(join(dir, 'a.ndjson'));
    const back = new StubHub();
    await watch(watching(back));
    expect(back.messages).toHaveLength(1);
  });

  it('killed between sending and moving, moves the file and sends nothing again, also with others waiting', async () => {
    await put('a.ndjson', GOOD);
    const way = new StubHub();
    await watch(watching(way));
    // as it was before the move: the state still there, the file still in the folder
    const [submission] = await readdir(folder.path('submissions'));
    const place = await SendingFolder.open(folder, 'arrears');
    await cp(folder.path(`submissions/${submission}`), join(place.dir, 'state.json'));
    await rename(join(dir, 'processed/a.ndjson'), join(dir, 'a.ndjson'));
    await put('b.ndjson', GOOD.replace('A-1', 'B-1'));
    const old = new Date(Date.now() - 60_000);
    await utimes(join(dir, 'b.ndjson'), old, old);
    const again = new StubHub();
    await watch(watching(again));
    expect([way.messages.length, again.messages.length]).toEqual([1, 1]);
    expect((await files()).filter((name) => /^[ab]\./.test(name))).toEqual([]);
    expect(existsSync(join(place.dir, 'state.json'))).toBe(false);
  });

  it('is done by one watcher at a time', async () => {
    const stop = new AbortController();
    const first = watch(watching(new StubHub(), { once: false, signal: stop.signal }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(watch(watching(new StubHub()))).rejects.toMatchObject({ code: 'busy' });
    stop.abort();
    await first;
    await watch(watching(new StubHub()));
  });

  it('goes on while files are written: none is sent before it is whole', async () => {
    const stop = new AbortController();
    const way = new StubHub();
    const running = watch(watching(way, { once: false, signal: stop.signal, settleMs: 400 }));
    for (let part = 0; part < 10; part++) {
      await writeFile(join(dir, 'a.ndjson'), GOOD.replace('A-1', `A-${part}`), { flag: 'a' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(way.messages).toEqual([]);
    }
    for (let n = 0; n < 100 && events('sent').length === 0; n++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    await running;
    expect(events('sent')).toMatchObject([{ rows: 10 }]);
  });

  it('reads nothing through a symbolic link, and puts nothing where one points', async () => {
    await writeFile(join(root, 'outside.ndjson'), GOOD);
    await mkdir(join(root, 'arrears'));
    await writeFile(join(root, 'arrears', 'x.ndjson'), GOOD);
    await symlink(join(root, 'outside.ndjson'), join(dir, 'arrears.ndjson'));
    await symlink(join(root, 'arrears'), join(dir, 'arrears'));
    const way = new StubHub();
    await watch(watching(way, { rules: feedRules(undefined, []) }));
    expect(way.messages).toEqual([]);
    expect(events('left')).toMatchObject([{ file: 'arrears' }, { file: 'arrears.ndjson' }]);
    await rm(join(dir, 'processed'), { recursive: true });
    await symlink(root, join(dir, 'processed'));
    await expect(watch(watching(way))).rejects.toMatchObject({ code: 'usage' });
  });

  it('a file that becomes a link between the look and the reading is not sent', async () => {
    await writeFile(join(root, 'outside.ndjson'), GOOD);
    await put('a.ndjson', GOOD.replace('A-1', 'A-longer'));
    const way = new StubHub();
    const running = watch(watching(way, { settleMs: 200 }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await rm(join(dir, 'a.ndjson'));
    await symlink(join(root, 'outside.ndjson'), join(dir, 'a.ndjson'));
    await running;
    expect(way.messages).toEqual([]);
    expect(await readFile(join(root, 'outside.ndjson'), 'utf8')).toBe(GOOD);
  });

  it('a file the hub refuses goes to failed with its reason, one it has no right to send stays', async () => {
    await put('a.ndjson', GOOD);
    const refused = new StubHub(() => new HubError('too_large', 'At most 64 MiB a batch.'));
    expect(await watch(watching(refused))).toMatchObject({ failed: 1, refused: 1 });
    await put('b.ndjson', GOOD.replace('A-1', 'B-1'));
    const forbidden = new StubHub(() => new HubError('unknown_certificate', 'This certificate names no agency.'));
    expect(await watch(watching(forbidden))).toMatchObject({ failed: 0, waiting: 1 });
    expect(await files()).toContain('b.ndjson');
  });
});

describe('which files are whole', () => {
  const found = (changes: Partial<Found> = {}): Found => ({
    path: 'a.csv',
    bytes: 9,
    modifiedMs: 1,
    inode: 1,
    marked: false,
    ...changes,
  });
  let now = 0;
  const settling = (markerOnly = false) => new Settling(1000, markerOnly, () => now);

  it('those that stayed the same for the settling time, whatever clock set their times', () => {
    for (const changed of [{ bytes: 10 }, { modifiedMs: 2 }, { inode: 2 }]) {
      now = 0;
      const one = settling();
      expect(one.settled([found()])).toEqual([]);
      now = 900;
      expect(one.settled([found(changed)])).toEqual([]);
      now = 1800;
      expect(one.settled([found(changed)])).toEqual([]);
      now = 1900;
      expect(one.settled([found(changed)])).toHaveLength(1);
    }
  });

  it('at once those with a marker; with --marker only those; an empty one only then', () => {
    now = 0;
    expect(settling().settled([found({ marked: true, bytes: 0 })])).toHaveLength(1);
    const only = settling(true);
    only.settled([found()]);
    const empty = settling();
    empty.settled([found({ bytes: 0 })]);
    now = 10_000;
    expect(only.settled([found()])).toEqual([]);
    expect(empty.settled([found({ bytes: 0 })])).toEqual([]);
  });

  it('one that went away and came back starts again', () => {
    now = 0;
    const one = settling();
    one.settled([found()]);
    one.settled([]);
    now = 1500;
    expect(one.settled([found()])).toEqual([]);
  });
});

describe('what is looked at', () => {
  it('not what programs have unfinished or open, nor other kinds of files', async () => {
    for (const name of [
      'a.csv',
      'b.csv.part',
      '~$c.xlsx',
      'c.xlsx',
      '.~lock.d.csv#',
      'd.csv',
      '.hidden.csv',
      'e.csv.filepart',
      'readme.txt',
      'f.csv.crdownload',
      'g.CSV',
    ])
      await put(name, 'x');
    const { files, left } = await look(dir);
    expect(files.map(({ path }) => path)).toEqual(['a.csv', 'g.CSV']);
    expect(left.map(({ path }) => path).sort()).toEqual(['c.xlsx', 'd.csv', 'readme.txt']);
  });

  it('a marker counts for the file it came after, not for one that replaced it', async () => {
    await put('a.csv', 'x');
    await put('a.csv.done', '');
    const past = new Date(Date.now() - 60_000);
    await utimes(join(dir, 'a.csv'), past, past);
    expect((await look(dir)).files).toMatchObject([{ marked: true }]);
    await utimes(join(dir, 'a.csv.done'), past, new Date(past.getTime() - 1000));
    expect((await look(dir)).files).toMatchObject([{ marked: false }]);
  });
});

describe('which feed a file is of', () => {
  it.each([
    ['arrears-2026-11.csv', undefined, [], 'arrears'],
    ['ARREARS.csv', undefined, [], 'arrears'],
    ['dv-service_nov.xlsx', undefined, [], 'dv-service'],
    ['housing/anything.csv', undefined, [], 'housing'],
    ['asbestos.csv', undefined, [], null],
    ['anything.csv', undefined, [], null],
    ['other/arrears.csv', undefined, [], null],
    ['anything.csv', 'asb', [], 'asb'],
    ['housing/anything.csv', 'asb', [], null],
    ['rents_nov.csv', 'asb', ['rents*.csv=arrears'], 'arrears'],
    ['north/rents.csv', undefined, ['north/*=housing'], 'housing'],
    ['x.(csv', undefined, ['x.(csv=housing'], 'housing'],
  ])('%s, with --feed %s and --map %j: %s', (path, feed, maps, expected) => {
    expect(feedOfFile(path, feedRules(feed, maps))).toBe(expected);
  });

  it.each(['rents', '=arrears', 'rents=rent'])('--map %s is a mistake of usage', (map) => {
    expect(() => feedRules(undefined, [map])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
