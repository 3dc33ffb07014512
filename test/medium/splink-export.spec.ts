import { comparerOfModel, link, splinkSettings, type Table, type TrainedModel } from '#linkage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../../apps/connector/src/linking/reading/read-table.js';
import { pairModelOf } from '../../libs/linkage/src/training/model-file.js';
import { randomPairs } from '../../libs/linkage/src/training/random-pairs.js';
import { awkwardPeople, csvOf, EVERY_KIND, plainPeople, type Row } from './splink-people.fixture.js';
import { PYTHON, realSplink, type SplinkPair } from './splink-real.fixture.js';

/** Skipped where there is no Python with Splink 5: `npm run bench -- linkage` makes one. */
const withSplink = PYTHON === null ? describe.skip : describe;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-splink-'));
});
afterAll(() => rm(dir, { recursive: true }));

const CLOSE = 1e-6;

interface Ours {
  table: Table;
  model: TrainedModel;
  /** Per pair 'left id,right id': bits, and a level for each field. */
  pairs: Map<string, { weight: number; levels: number[] }>;
}

/** Trains on the rows, and scores candidate pairs and random ones. Writes them for Splink. */
async function ours(rows: readonly Row[], comparisons: readonly (typeof EVERY_KIND)[number][]): Promise<Ours> {
  await writeFile(join(dir, 'people.csv'), csvOf(rows));
  const read = await readTable([join(dir, 'people.csv')]);
  const table = read.tableOf(comparisons.flatMap(({ columns }) => columns));
  const { model, pairs } = await link({
    table,
    leftRows: table.rows,
    settings: {
      type: 'dedupe',
      oneToOne: false,
      comparisons: comparisons.map((one) => ({ ...one, columns: [...one.columns] })),
      blocking: 'auto',
      threshold: 'auto',
      threads: 1,
    },
    keep: -20,
    fast: false,
    seed: 1,
  });
  const all = new Set<number>();
  const step = Math.max(1, Math.floor(pairs.left.length / 1500));
  for (let k = 0; k < pairs.left.length; k += step) all.add(pairs.left[k]! * table.rows + pairs.right[k]!);
  for (const [i, j] of randomPairs(table.rows, 500, 7)) all.add(Math.min(i, j) * table.rows + Math.max(i, j));
  const [left, right] = [[...all].map((one) => Math.floor(one / table.rows)), [...all].map((one) => one % table.rows)];
  const list = { left: Uint32Array.from(left), right: Uint32Array.from(right), count: left.length };
  const comparer = comparerOfModel(model, table);
  const levels = comparer.compare(list);
  const weight = new Float64Array(list.count);
  pairModelOf(model, comparer, table.rows, (table.rows * (table.rows - 1)) / 2).weigh(levels, list.count, weight);
  const F = comparer.fields.length;
  const ids = left.map((i, k) => `${rows[i]!['id']!},${rows[right[k]!]!['id']!}`);
  await writeFile(join(dir, 'pairs.csv'), `l,r\n${ids.join('\n')}\n`);
  return {
    table,
    model,
    pairs: new Map(
      ids.map((pair, k) => [pair, { weight: weight[k]!, levels: [...levels.subarray(k * F, k * F + F)] }]),
    ),
  };
}

async function theirs(settings: object, prepare: string | null, more: object = {}): Promise<Map<string, SplinkPair>> {
  await writeFile(join(dir, 'settings.json'), JSON.stringify(settings));
  if (prepare !== null) await writeFile(join(dir, 'prepare.sql'), prepare);
  return realSplink(dir, {
    do: 'score',
    files: [join(dir, 'people.csv')],
    settings: join(dir, 'settings.json'),
    pairs: join(dir, 'pairs.csv'),
    ...(prepare === null ? {} : { prepare: join(dir, 'prepare.sql') }),
    ...more,
  });
}

/** The largest difference, and the pairs that have one that is too large. */
function apart({ pairs }: Ours, splink: Map<string, SplinkPair>): { most: number; bad: string[] } {
  expect(splink.size).toBe(pairs.size);
  let most = 0;
  const bad: string[] = [];
  for (const [pair, { weight, levels }] of pairs) {
    const difference = Math.abs(weight - splink.get(pair)!.weight);
    most = Math.max(most, difference);
    if (!(difference <= CLOSE))
      bad.push(`${pair} ours ${weight} splink ${splink.get(pair)!.weight} levels ${levels.join()}`);
  }
  return { most, bad };
}

withSplink(
  'real Splink loads an export and gives the same weights (skipped where there is no Python with Splink 5)',
  () => {
    it('over prepared columns: every kind of comparison, whatever the cells look like', async () => {
      const made = await ours(awkwardPeople(250, 41), EVERY_KIND);
      const { settings, prepare, notExpressed } = splinkSettings(made.model, {
        table: made.table,
        id: 'id',
        columns: 'prepared',
      });
      expect(notExpressed.map(({ field }) => field)).toEqual(['pairs']);
      expect(apart(made, await theirs(settings, prepare))).toMatchObject({ bad: [] });
    }, 600_000);

    it('over the raw file, types guessed by DuckDB: every kind but addresses', async () => {
      const made = await ours(
        plainPeople(250, 42),
        EVERY_KIND.filter(({ kind }) => kind !== 'address' && kind !== 'text'),
      );
      const { settings, prepare, notExpressed } = splinkSettings(made.model, { table: made.table, id: 'id' });
      expect({ prepare, named: notExpressed.map(({ field }) => field) }).toEqual({ prepare: null, named: ['pairs'] });
      expect(apart(made, await theirs(settings, null))).toMatchObject({ bad: [] });
    }, 600_000);

    it('over the raw file, whatever the cells look like: every field that is not named', async () => {
      const made = await ours(
        awkwardPeople(200, 45),
        // Names of several words and addresses are named as inexact over raw columns, and take Splink minutes.
        EVERY_KIND.filter(({ kind }) => kind !== 'name' && kind !== 'address' && kind !== 'text'),
      );
      const { settings, notExpressed } = splinkSettings(made.model, { table: made.table, id: 'id' });
      const named = notExpressed.flatMap(({ field }) => field.split(', '));
      const splink = await theirs(settings, null, { gammas: true, text: true });
      const { fields, correction } = made.model;
      const compared = fields.flatMap(({ name, levels }, f) => {
        const comparison = settings.comparisons.findLast((one) => one.comparison_description === name);
        if (named.includes(name) || comparison === undefined) return [];
        const weighing = comparison.comparison_levels.filter((level) => level.is_null_level !== true);
        for (const [pair, { levels: of }] of made.pairs) {
          const found = splink.get(pair)!.gammas[comparison.output_column_name]!;
          const level = weighing[weighing.length - 1 - found];
          const their = found === -1 ? 0 : Math.log2(level!.m_probability! / level!.u_probability!);
          const { m, u } = levels[of[f]!]!;
          const our = of[f] === 0 ? 0 : Math.log2(m / u) + (correction?.weights[f]![of[f]!] ?? 0);
          expect({ pair, name, apart: Math.abs(our - their) <= CLOSE }).toEqual({ pair, name, apart: true });
        }
        return [name];
      });
      expect(compared).toEqual(expect.arrayContaining(['email', 'phone', 'nhs', 'trade', 'tenure']));
    }, 600_000);

    it('of two files that are linked, over prepared columns', async () => {
      const kinds = EVERY_KIND.filter(({ kind }) => kind === 'name' || kind === 'date' || kind === 'identifier');
      const rows = awkwardPeople(150, 46);
      const made = await ours(rows, kinds);
      const { settings, prepare } = splinkSettings(made.model, {
        table: made.table,
        id: 'id',
        type: 'link',
        columns: 'prepared',
      });
      const half = rows.length >> 1;
      const files = [join(dir, 'left.csv'), join(dir, 'right.csv')];
      await writeFile(files[0]!, csvOf(rows.slice(0, half)));
      await writeFile(files[1]!, csvOf(rows.slice(half)));
      const place = new Map(rows.map(({ id }, at) => [id!, at]));
      const across = [...made.pairs].filter(([pair]) => {
        const [l, r] = pair.split(',').map((id) => place.get(id)! < half);
        return l && !r;
      });
      const lines = across.map(([pair]) =>
        pair
          .split(',')
          .map((id, side) => `rows_${side}-__-${id}`)
          .join(),
      );
      await writeFile(join(dir, 'pairs.csv'), `l,r\n${lines.join('\n')}\n`);
      expect(apart({ ...made, pairs: new Map(across) }, await theirs(settings, prepare, { files }))).toMatchObject({
        bad: [],
      });
    }, 600_000);
  },
);
