import { linkWithSplink, modelFromSplink, splinkSettings, SplinkWeights, link } from '#linkage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../../apps/connector/src/linking/reading/read-table.js';
import { awkwardPeople, csvOf, EVERY_KIND, plainPeople } from './splink-people.fixture.js';
import { PYTHON, realSplink } from './splink-real.fixture.js';

/** Skipped where there is no Python with Splink 5: `npm run bench -- linkage` makes one. */
const withSplink = PYTHON === null ? describe.skip : describe;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-splink-'));
});
afterAll(() => rm(dir, { recursive: true }));

const CLOSE = 1e-6;

withSplink('a model that real Splink trained (skipped where there is no Python with Splink 5)', () => {
  it('finds the pairs Splink’s own predict() finds, and weighs them the same', async () => {
    // Trimmed beforehand: Splink takes blanks round a value for a part of it.
    const rows = awkwardPeople(250, 43).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.trim()])),
    );
    const [file, settings] = [join(dir, 'people.csv'), join(dir, 'settings.json')];
    await writeFile(file, csvOf(rows));
    const splink = await realSplink(dir, { do: 'train', files: [file], settings, text: true });
    const { model, columns, blockingColumns, notUnderstood } = modelFromSplink(
      JSON.parse(await readFile(settings, 'utf8')),
    );
    expect(notUnderstood).toEqual([]);
    const read = await readTable([file]);
    const ids = rows.map(({ id }) => id!);
    const answer = linkWithSplink({
      table: read.tableOf([...columns, ...blockingColumns]),
      leftRows: read.rows,
      settings: { type: 'dedupe', oneToOne: false, threshold: 'auto' },
      keep: -1000,
      splink: model,
      compareIds: (a, b) => (ids[a]! < ids[b]! ? -1 : 1),
    });
    const bad: string[] = [];
    const ours = new Map(
      Array.from(answer.pairs.weight, (weight, k) => {
        const two = [ids[answer.pairs.left[k]!]!, ids[answer.pairs.right[k]!]!].sort();
        return [two.join(), weight];
      }),
    );
    for (const [pair, { weight }] of splink) {
      const difference = Math.abs(weight - (ours.get(pair) ?? NaN));
      if (!(difference <= CLOSE)) bad.push(`${pair} splink ${weight} ours ${ours.get(pair)}`);
    }
    expect(bad).toEqual([]);
    expect(ours.size).toBe(splink.size);
    expect(answer.blocking).toMatchObject({ notUnderstood: [], byValues: false });
  }, 180_000);
});

describe('a model of ours that is exported and imported again', () => {
  it('weighs the same', async () => {
    const rows = plainPeople(150, 44);
    await writeFile(join(dir, 'plain.csv'), csvOf(rows));
    const comparisons = EVERY_KIND.filter(({ kind }) => kind !== 'address' && kind !== 'text').map((one) => ({
      ...one,
      columns: [...one.columns],
    }));
    const read = await readTable([join(dir, 'plain.csv')]);
    const table = read.tableOf(comparisons.flatMap((one) => one.columns));
    const { model, pairs } = await link({
      table,
      leftRows: table.rows,
      settings: { type: 'dedupe', oneToOne: false, comparisons, blocking: 'auto', threshold: 'auto', threads: 1 },
      keep: -20,
      fast: false,
      seed: 1,
    });
    const exported = splinkSettings(model, { table, id: 'id' });
    const imported = modelFromSplink(JSON.parse(JSON.stringify(exported.settings)));
    expect(imported.notUnderstood).toEqual([]);
    const { weight } = new SplinkWeights(imported.model, table).pairs(pairs.left, pairs.right);
    const most = Math.max(...Array.from(weight, (one, k) => Math.abs(one - pairs.weight[k]!)));
    expect(most).toBeLessThanOrEqual(CLOSE);
  }, 120_000);
});
