import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { writeRecords } from '../../apps/connector/src/generating/records/write-records.js';
import { LinkFolder } from '../support/mash-link.js';

let folder: LinkFolder;
beforeAll(async () => {
  folder = await LinkFolder.make();
});
afterAll(() => folder.remove());

/** Rows of a generated file: heading, and lines in an order that the seed decides. */
const linesOf = async (records: number, seed: number): Promise<{ heading: string; lines: string[] }> => {
  await writeRecords({ records, seed }, folder.dir);
  const [heading, ...lines] = (await folder.read('.', 'records.csv')).trim().split('\n') as [string, ...string[]];
  return { heading, lines };
};
const csv = (heading: string, lines: readonly string[]): string => `${heading}\n${lines.join('\n')}\n`;
const shuffled = (lines: readonly string[]): string[] =>
  lines
    .map((line, at) => ({ line, key: Math.imul(at + 1, 0x9e3779b1) >>> 0 }))
    .sort((x, y) => x.key - y.key)
    .map(({ line }) => line);
const done = expect.objectContaining({ code: 0 });

describe('mash link says the same', () => {
  it('whatever order the rows stand in', async () => {
    const { heading, lines } = await linesOf(3000, 201);
    await folder.file('plain.csv', csv(heading, lines));
    await folder.file('shuffled.csv', csv(heading, shuffled(lines)));
    await folder.file('reversed.csv', csv(heading, [...lines].reverse()));
    for (const name of ['plain', 'shuffled', 'reversed']) expect(await folder.run(name, `${name}.csv`)).toEqual(done);
    for (const name of ['shuffled', 'reversed']) {
      expect(await folder.groups(name)).toEqual(await folder.groups('plain'));
      expect(await folder.pairs(name)).toEqual(await folder.pairs('plain'));
    }
  }, 180_000);

  it('whatever order the columns’ names let them be recognised in, and with the same seed again', async () => {
    const { heading, lines } = await linesOf(1500, 202);
    await folder.file('again.csv', csv(heading, lines));
    for (const out of ['first', 'second']) expect(await folder.run(out, 'again.csv', '--seed', '7')).toEqual(done);
    for (const name of ['pairs.csv', 'clusters.csv'])
      expect(await folder.read('second', name)).toBe(await folder.read('first', name));
  }, 120_000);

  it('with the two files swapped', async () => {
    const { heading, lines } = await linesOf(3000, 203);
    await folder.file('left.csv', csv(heading, lines.slice(0, 1800)));
    await folder.file('right.csv', csv(heading, lines.slice(1800)));
    expect(await folder.run('here', 'left.csv', 'right.csv')).toEqual(done);
    expect(await folder.run('there', 'right.csv', 'left.csv')).toEqual(done);
    expect(await folder.groups('there')).toEqual(await folder.groups('here'));
    expect(await folder.pairs('there')).toEqual(await folder.pairs('here'));
    expect((await folder.pairs('here')).length).toBeGreaterThan(50);
  }, 180_000);

  it('whatever order the columns stand in', async () => {
    const { heading, lines } = await linesOf(1500, 205);
    const cells: string[][] = parse(csv(heading, lines));
    const columns = cells[0]!.map((_, at) => at);
    const turned = (order: readonly number[]): string => stringify(cells.map((row) => order.map((at) => row[at])));
    await folder.file('straight.csv', turned(columns));
    expect(await folder.run('straight', 'straight.csv')).toEqual(done);
    for (const seed of [1, 2]) {
      const order = columns.toSorted(
        (a, b) => (Math.imul(a + seed, 0x9e3779b1) >>> 0) - (Math.imul(b + seed, 0x9e3779b1) >>> 0),
      );
      expect(order).not.toEqual(columns);
      await folder.file('turned.csv', turned(order));
      expect(await folder.run('turned', 'turned.csv')).toEqual(done);
      for (const name of ['pairs.csv', 'clusters.csv'])
        expect(await folder.read('turned', name)).toBe(await folder.read('straight', name));
    }
  }, 180_000);

  it('whatever the second file calls its columns, and with the two swapped', async () => {
    const { heading, lines } = await linesOf(3000, 203);
    const called: Record<string, string> = {
      id: 'ref',
      forename: 'given_name',
      surname: 'Last Name',
      date_of_birth: 'c7',
      postcode: 'pc',
      address: 'addr',
      sex: 'Gender',
    };
    const other = heading.split(',').map((name) => called[name] ?? name);
    await folder.file('left.csv', csv(heading, lines.slice(0, 1800)));
    await folder.file('same.csv', csv(heading, lines.slice(1800)));
    await folder.file('other.csv', csv(other.join(), lines.slice(1800)));
    expect(await folder.run('plain', 'left.csv', 'same.csv')).toEqual(done);
    expect(await folder.run('otherwise', 'left.csv', 'other.csv')).toEqual(done);
    expect(await folder.run('turned', 'other.csv', 'left.csv')).toEqual(done);
    await folder.file('again.json', JSON.stringify((await folder.report('otherwise'))['settings']));
    expect(await folder.run('again', 'left.csv', 'other.csv', '--settings', 'again.json')).toEqual(done);
    for (const name of ['otherwise', 'turned', 'again']) {
      expect(await folder.groups(name)).toEqual(await folder.groups('plain'));
      expect(await folder.pairs(name)).toEqual(await folder.pairs('plain'));
    }
  }, 180_000);

  it.each([[[]], [['--fast']]])(
    'for one thread and for two, in files large enough for two %j',
    async (flags) => {
      const { heading, lines } = await linesOf(32_000, 204);
      await folder.file('large.csv', csv(heading, lines));
      for (const threads of ['1', '2'])
        expect(await folder.run(`threads${threads}`, 'large.csv', '--threads', threads, ...flags)).toEqual(done);
      for (const name of ['pairs.csv', 'clusters.csv'])
        expect(await folder.read('threads2', name)).toBe(await folder.read('threads1', name));
    },
    240_000,
  );
});
