import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecisionsConflict } from '../clustering/decisions-conflict.js';
import { inventedPeople, INVENTED_COMPARISONS, type InventedRow } from './invented-people.fixture.js';
import { link } from './link.js';
import type { LinkRequest, LinkResult } from './link-request.js';
import { tableOf, tableOfRows } from './made-table.fixture.js';
import type { LinkSettings } from './settings.js';
import type { Table } from './table.js';

const comparisons = INVENTED_COMPARISONS.map((one) => ({ ...one, columns: [...one.columns] }));
const SETTINGS: LinkSettings = {
  type: 'dedupe',
  oneToOne: false,
  comparisons,
  blocking: 'auto',
  threshold: 'auto',
  threads: 1,
};
const ask = (
  table: Table,
  settings: Partial<LinkSettings> = {},
  more: Partial<LinkRequest> = {},
): Promise<LinkResult> =>
  link({
    table,
    leftRows: table.rows,
    settings: { ...SETTINGS, ...settings },
    keep: -5,
    fast: false,
    seed: 1,
    ...more,
  });
const askRows = (
  rows: readonly InventedRow[],
  settings?: Partial<LinkSettings>,
  more?: Partial<LinkRequest>,
): Promise<LinkResult> => ask(tableOfRows(rows), settings, more);

/** Clusters F1 against whose each row is. */
const f1 = (clusters: Uint32Array, person: readonly number[]): number => {
  let [both, said, true_] = [0, 0, 0];
  for (let i = 0; i < person.length; i++) {
    for (let j = i + 1; j < person.length; j++) {
      const [a, b] = [clusters[i] === clusters[j], person[i] === person[j]];
      if (a) said++;
      if (b) true_++;
      if (a && b) both++;
    }
  }
  return (2 * both) / (said + true_);
};
/** Which rows are together, by names that do not hang on their order. */
const groups = (clusters: ArrayLike<number>, nameOf: (row: number) => number): string[] => {
  const members = new Map<number, number[]>();
  Array.from(clusters).forEach((cluster, row) => members.set(cluster, [...(members.get(cluster) ?? []), nameOf(row)]));
  return [...members.values()].map((group) => group.sort((x, y) => x - y).join()).sort();
};
const pairsOf = ({ pairs }: LinkResult, nameOf: (row: number) => number): string[] =>
  Array.from(pairs.left, (left, k) => {
    const [a, b] = [nameOf(left), nameOf(pairs.right[k]!)];
    return `${Math.min(a, b)},${Math.max(a, b)} ${pairs.weight[k]!.toFixed(6)}`;
  }).sort();

const checkWhole = (result: LinkResult, rows: number): void => {
  expect(result.clusters.length).toBe(rows);
  result.clusters.forEach((cluster, row) => {
    expect(cluster).toBeLessThanOrEqual(row);
    expect(result.clusters[cluster]).toBe(cluster);
  });
  const { left, right, weight } = result.pairs;
  for (let k = 0; k < left.length; k++) {
    expect(left[k]).toBeLessThan(right[k]!);
    if (k > 0) expect(left[k - 1]! < left[k]! || right[k - 1]! < right[k]!).toBe(true);
    expect(Number.isFinite(weight[k])).toBe(true);
  }
  expect(result.pairsScored).toBeGreaterThanOrEqual(left.length);
  for (const share of Object.values(result.expected)) expect(share >= 0 && share <= 1).toBe(true);
  const { classes, fields, thresholds, correction } = result.model;
  for (const number of [
    result.threshold,
    result.showThreshold,
    ...Object.values(thresholds),
    ...Object.values(result.seconds),
  ])
    expect(Number.isFinite(number)).toBe(true);
  const noProbability: string[] = [];
  for (const { name, pairs, shares } of classes) {
    expect(pairs >= 0 && Number.isFinite(pairs)).toBe(true);
    shares.forEach((of, f) =>
      of.forEach((share, level) =>
        share >= 0 && share <= 1
          ? undefined
          : noProbability.push(`${name}, ${fields[f]!.name}, ${fields[f]!.levels[level]!.name}: ${share}`),
      ),
    );
  }
  for (const { name, levels } of fields)
    for (const level of levels)
      if (!(level.m >= 0 && level.m <= 1 && level.u >= 0 && level.u <= 1))
        noProbability.push(`${name}, ${level.name}: ${level.m} ${level.u}`);
  expect(noProbability.slice(0, 5)).toEqual([]);
  if (correction)
    for (const bits of [correction.prior, ...correction.weights.flatMap((one) => Array.from(one))])
      expect(Number.isFinite(bits)).toBe(true);
};

const people = inventedPeople(200, 2, 141);
let plain: LinkResult;
beforeAll(async () => {
  plain = await askRows(people.rows);
});

describe('linking a table', () => {
  it('finds who is one person, without a label', () => {
    checkWhole(plain, 400);
    expect(f1(plain.clusters, people.person)).toBeGreaterThan(0.98);
  });

  it('says how good it expects to be, and is about right', () => {
    expect(plain.expected.precision).toBeGreaterThan(0.95);
    expect(plain.expected.recall).toBeGreaterThan(0.95);
    expect(plain.showThreshold).toBeLessThan(plain.threshold);
  });

  it('is the same whatever order the rows stand in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(
          people.rows.map((_, at) => at),
          { minLength: 400 },
        ),
        async (order) => {
          const again = await askRows(order.map((at) => people.rows[at]!));
          expect(groups(again.clusters, (row) => order[row]!)).toEqual(groups(plain.clusters, (row) => row));
          expect(pairsOf(again, (row) => order[row]!)).toEqual(pairsOf(plain, (row) => row));
          expect(again.threshold).toBe(plain.threshold);
        },
      ),
      { seed: 142, numRuns: 3 },
    );
  }, 60_000);

  it('is the same for any number of threads, and the same again', async () => {
    const two = await askRows(people.rows, { threads: 2 });
    expect({ ...two, seconds: 0 }).toEqual({ ...plain, seconds: 0 });
  });

  it('tells of its work from beginning to end', async () => {
    const told: string[] = [];
    await askRows(people.rows, {}, { onProgress: (stage) => told.push(stage) });
    expect(new Set(told)).toEqual(new Set(['prepare', 'block', 'train', 'score', 'cluster']));
  });

  it('with less accuracy for speed is still a whole answer', async () => {
    const fast = await askRows(people.rows, {}, { fast: true });
    checkWhole(fast, 400);
    expect(f1(fast.clusters, people.person)).toBeGreaterThan(0.95);
  });

  it('a threshold of one’s own is obeyed: the higher, the fewer are one', async () => {
    const sizes = [];
    for (const threshold of [-5, 5, 15, 200]) {
      const result = await askRows(people.rows, { threshold });
      expect(result.threshold).toBe(threshold);
      sizes.push(new Set(result.clusters).size);
    }
    expect(sizes).toEqual([...sizes].sort((x, y) => x - y));
    expect(sizes.at(-1)).toBe(400);
  }, 60_000);

  it('columns named for blocking are the only way to be looked at', async () => {
    const { pairs } = await askRows(people.rows, { blocking: [['dob'], ['postcode', 'surname']] }, { keep: -1000 });
    for (let k = 0; k < pairs.left.length; k++) {
      const [a, b] = [people.rows[pairs.left[k]!]!, people.rows[pairs.right[k]!]!];
      expect(
        (a.dob !== '' && a.dob === b.dob) ||
          (a.postcode === b.postcode && a.surname.toLowerCase() === b.surname.toLowerCase()),
      ).toBe(true);
    }
    expect(pairs.left.length).toBeGreaterThan(150);
  });

  it('one person’s many equal records are one, however many there are', async () => {
    const often = [...people.rows, ...Array.from({ length: 40 }, () => people.rows[0]!)];
    const { clusters } = await askRows(often);
    expect(new Set(clusters.slice(400)).size).toBe(1);
    expect(clusters[400]).toBe(clusters[0]);
  });
});

describe('people’s decisions', () => {
  // Two of one person that the engine joins, and two of different people.
  const first = people.person.indexOf(people.person[0]!, 1);
  const stranger = people.person.findIndex((person) => person !== people.person[0]);

  it('are obeyed against all evidence', async () => {
    expect(plain.clusters[first]).toBe(plain.clusters[0]);
    const { clusters } = await askRows(
      people.rows,
      {},
      { decisions: { mustLink: [[0, stranger]], cannotLink: [[0, first]] } },
    );
    expect(clusters[stranger]).toBe(clusters[0]);
    expect(clusters[first]).not.toBe(clusters[0]);
  });

  it('that contradict each other are an error that names the pair in the rows as given', async () => {
    const error = await askRows(
      people.rows,
      {},
      {
        decisions: {
          mustLink: [
            [0, first],
            [first, stranger],
          ],
          cannotLink: [[0, stranger]],
        },
      },
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DecisionsConflict);
    const { left, right } = error as DecisionsConflict;
    expect([left, right].sort((x, y) => x - y)).toEqual([0, stranger].sort((x, y) => x - y));
  });
});

describe('an earlier answer', () => {
  it('given again changes nothing', async () => {
    const again = await askRows(people.rows, {}, { previous: plain.clusters });
    expect(groups(again.clusters, (row) => row)).toEqual(groups(plain.clusters, (row) => row));
  });
});

describe('a trained model', () => {
  it('weighs the same pairs the same again, as JSON too', async () => {
    const model = JSON.parse(JSON.stringify(plain.model));
    const again = await askRows(people.rows, {}, { model });
    const before = new Map(pairsOf(plain, (row) => row).map((line) => line.split(' ') as [string, string]));
    let compared = 0;
    for (const line of pairsOf(again, (row) => row)) {
      const [pair, weight] = line.split(' ') as [string, string];
      if (!before.has(pair)) continue;
      compared++;
      expect(Number(weight)).toBeCloseTo(Number(before.get(pair)), 3);
    }
    expect(compared).toBeGreaterThan(150);
    expect(f1(again.clusters, people.person)).toBeGreaterThan(0.98);
  });

  it('says what it was trained on', async () => {
    const { model } = await askRows(people.rows, {}, { fingerprint: 'made-up' });
    expect(model).toMatchObject({
      format: 'mash.linkage-model/1',
      trainedOn: { rows: 400, fingerprint: 'made-up' },
      comparisons,
    });
  });

  it('of other comparisons is refused', async () => {
    await expect(
      askRows(people.rows, { comparisons: comparisons.slice(0, 2) }, { model: plain.model }),
    ).rejects.toMatchObject({ code: 'model_mismatch' });
  });
});

describe('linking two files', () => {
  const once = inventedPeople(150, 2, 143);
  const seen = new Set<number>();
  const isLeft = once.person.map((person) => !seen.has(person) && Boolean(seen.add(person)));
  const [left, right] = [true, false].map((side) =>
    once.rows.flatMap((row, at) => (isLeft[at] === side ? [{ row, person: once.person[at]! }] : [])),
  );
  const both = [...left!, ...right!];
  const asked = (rows: typeof both, leftRows: number, settings: Partial<LinkSettings> = {}): Promise<LinkResult> =>
    ask(tableOfRows(rows.map(({ row }) => row)), { type: 'link', ...settings }, { leftRows });

  it('compares across them only, and finds who is one person', async () => {
    const result = await asked(both, left!.length);
    checkWhole(result, both.length);
    result.pairs.left.forEach((a, k) => expect(a < left!.length && result.pairs.right[k]! >= left!.length).toBe(true));
    expect(
      f1(
        result.clusters,
        both.map(({ person }) => person),
      ),
    ).toBeGreaterThan(0.97);
  });

  it('is the same with the files swapped', async () => {
    const here = await asked(both, left!.length);
    const there = await asked([...right!, ...left!], right!.length);
    const nameThere = (row: number): number => (row < right!.length ? row + left!.length : row - right!.length);
    expect(groups(there.clusters, nameThere)).toEqual(groups(here.clusters, (row) => row));
    expect(pairsOf(there, nameThere)).toEqual(pairsOf(here, (row) => row));
  });

  it('one to one: nobody has two partners, even where a record stands twice in one file', async () => {
    const twice = [...left!, ...left!.slice(0, 20), ...right!];
    const { clusters } = await asked(twice, left!.length + 20, { oneToOne: true });
    const sides = new Map<number, [number, number]>();
    clusters.forEach((cluster, row) => {
      const count = sides.get(cluster) ?? [0, 0];
      count[row < left!.length + 20 ? 0 : 1]++;
      sides.set(cluster, count);
    });
    for (const [l, r] of sides.values()) expect(l <= 1 && r <= 1).toBe(true);
    expect([...sides.values()].filter(([l, r]) => l === 1 && r === 1).length).toBeGreaterThan(130);
  });

  it('an empty file on one side: nothing is linked', async () => {
    for (const leftRows of [0, left!.length]) checkWhole(await asked(left!, leftRows), left!.length);
  });
});

describe('poor tables', () => {
  const names = Object.keys(people.rows[0]!);
  const settled: [string, InventedRow[], number][] = [
    ['no row', [], 0],
    ['one row', people.rows.slice(0, 1), 1],
    [
      'two rows of two people',
      [people.rows[0]!, people.rows.find((_, at) => people.person[at] !== people.person[0])!],
      2,
    ],
    [
      'rows without any value',
      Array.from({ length: 50 }, () => Object.fromEntries(names.map((name) => [name, ''])) as InventedRow),
      50,
    ],
  ];

  it.each(settled)('%s: everybody alone', async (_what, rows, groupsWanted) => {
    const result = await ask(tableOfRows(rows, names));
    checkWhole(result, rows.length);
    expect(new Set(result.clusters).size).toBe(groupsWanted);
  });

  it.each([[2], [10], [300]])('%d equal rows are an answer', async (count) => {
    checkWhole(await askRows(Array.from({ length: count }, () => people.rows[0]!)), count);
  });

  it.each(comparisons.map((one) => [one]))('one comparison alone: %j', async (one) => {
    checkWhole(await askRows(people.rows, { comparisons: [one] }), 400);
  });

  it.each([
    ['equal', 'same'],
    ['empty', ''],
  ])(
    'a column that is all %s tells nothing and spoils nothing',
    async (_what, value) => {
      const rows = people.rows.map((row) => ({ ...row, extra: value }));
      for (const kind of ['category', 'exact', 'identifier', 'phone', 'text'] as const) {
        const result = await ask(tableOfRows(rows), { comparisons: [...comparisons, { columns: ['extra'], kind }] });
        checkWhole(result, 400);
        expect(f1(result.clusters, people.person)).toBeGreaterThan(0.97);
      }
    },
    60_000,
  );

  it('a cell of a hundred thousand letters, or of nothing but signs, harms nobody', async () => {
    const cells = {
      given_name: ['x'.repeat(100_000), '!!!', 'a '.repeat(5_000), '\u0000', '🙂'],
      surname: ['y'.repeat(100_000), '—', '', '\ud800', 'ŁŁ'],
    };
    const result = await ask(tableOf(cells), { comparisons: [{ columns: ['given_name', 'surname'], kind: 'name' }] });
    checkWhole(result, 5);
  });
});
