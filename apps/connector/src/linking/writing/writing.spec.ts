import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../reading/read-table.js';
import { idsFromColumn, idsFromRowNumbers } from '../reading/row-ids.js';
import { clustersWriter } from './clusters.js';
import { pairsWriter } from './pairs.js';
import { prepareFolder, writeTogether } from './result-files.js';
import { LONGEST_WEIGHT_CELLS, writeWeight } from './weight-cells.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'link-write-'));
});
afterAll(() => rm(dir, { recursive: true }));

const idsOf = async (ids: string[], right: string[] = []) => {
  const files = [ids, right]
    .filter((list) => list.length > 0)
    .map((list, i) => ({ file: join(dir, `in${i}.csv`), list }));
  for (const { file, list } of files)
    await writeFile(file, ['id', ...list.map((id) => `"${id.replaceAll('"', '""')}"`)].join('\n'));
  const read = await readTable(files.map(({ file }) => file));
  return idsFromColumn(read, read.columns[0]!, right.length > 0 ? 'link' : 'dedupe');
};
const written = async (write: Parameters<typeof writeTogether>[1][number]['write']) => {
  await writeTogether(dir, [{ name: 'out.csv', write }]);
  return readFile(join(dir, 'out.csv'), 'utf8');
};

const weightCells = (weight: number) => {
  const buffer = Buffer.alloc(LONGEST_WEIGHT_CELLS);
  return buffer.toString('latin1', 0, writeWeight(weight, buffer, 0));
};

describe('results', () => {
  it('pairs: four decimals of weight, six digits of probability, ids quoted where they need it', async () => {
    const ids = await idsOf(['a', 'b,"c"', 'd']);
    const pairs = {
      left: Uint32Array.of(0, 0, 1),
      right: Uint32Array.of(1, 2, 2),
      weight: Float32Array.of(12.345678, -0.00001, 12.345678),
    };
    expect(await written(pairsWriter(pairs, ids, Uint32Array.of(0, 0, 2)))).toBe(
      'left_id,right_id,match_weight,match_probability,linked\na,"b,""c""",12.3457,0.999808,1\na,d,0.0000,0.499998,0\n"b,""c""",d,12.3457,0.999808,0\n',
    );
  });

  it.each([
    [0, '0.0000,0.5'],
    [1, '1.0000,0.666667'],
    [-5, '-5.0000,0.030303'],
    [-30.5, '-30.5000,6.58545e-10'],
    [200, '200.0000,1'],
    [-2000, '-2000.0000,0'],
    [-3.1699250014, '-3.1699,0.1'],
    [1e9, '1000000000,1'],
  ])('a weight of %s is written %s', (weight, cells) => {
    expect(weightCells(weight)).toBe(cells);
  });

  it('any weight reads back as itself, its probability too', () => {
    fc.assert(
      fc.property(fc.double({ min: -60, max: 60, noNaN: true }), (weight) => {
        const [bits, probability] = weightCells(weight).split(',') as [string, string];
        expect(bits).toMatch(/^-?\d+\.\d{4}$/);
        expect(Math.abs(Number(bits) - weight)).toBeLessThanOrEqual(0.5001e-4);
        const exact = 1 / (1 + 2 ** -weight);
        expect(Math.abs(Number(probability) / exact - 1)).toBeLessThanOrEqual(5.001e-6);
        expect(probability.replace(/e.*|^0\.0*|\./g, '').length).toBeLessThanOrEqual(6);
      }),
      { seed: 4, numRuns: 5000 },
    );
  });

  it('clusters are called after the first of their ids, whatever the order of rows', async () => {
    const ids = await idsOf(['r9', 'r5', 'r7']);
    expect(await written(clustersWriter(Uint32Array.of(0, 1, 0), ids, 3))).toBe('id,cluster_id\nr9,r7\nr5,r5\nr7,r7\n');
  });

  it('an id that both files use says which file’s it is', async () => {
    const ids = await idsOf(['1', '2'], ['2', '3']);
    expect(await written(clustersWriter(Uint32Array.of(0, 1, 0, 3), ids, 2))).toBe(
      'id,cluster_id,file\n1,1,left\n2,2,left\n2,1,right\n3,3,right\n',
    );
  });

  it('any ids can be read back', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r', 'é', ' ', '1'),
      minLength: 1,
      maxLength: 9,
    });
    const list = fc.uniqueArray(
      text.map((id) => id.trim()).filter((id) => id !== ''),
      { minLength: 2, maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(list, async (given) => {
        const clusters = Uint32Array.from(given, (_, i) => i);
        const back = parse(await written(clustersWriter(clusters, await idsOf(given), given.length)), { from: 2 });
        expect(back.map((row) => row[0])).toEqual(given);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('many pieces are cut rightly', async () => {
    const ids = await idsOf(Array.from({ length: 100 }, (_, i) => `id-${'x'.repeat(i)}`));
    const count = 40_000;
    const pairs = {
      left: Uint32Array.from({ length: count }, (_, i) => i % 99),
      right: Uint32Array.from({ length: count }, (_, i) => 1 + (i % 99)),
      weight: Float32Array.from({ length: count }, (_, i) => (i % 4001) / 100 - 20),
    };
    const rows = parse(await written(pairsWriter(pairs, ids, new Uint32Array(100))), { from: 2 });
    expect(rows).toHaveLength(count);
    const at = 12_345;
    expect(rows[at]).toEqual([
      ids.textOf(at % 99),
      ids.textOf(1 + (at % 99)),
      ...weightCells(pairs.weight[at]!).split(','),
      '1',
    ]);
  });

  it('row numbers are ids too', async () => {
    const file = join(dir, 'numbers.csv');
    await writeFile(file, 'a\nx\ny\n');
    const ids = idsFromRowNumbers(await readTable([file]), 'dedupe');
    expect(await written(clustersWriter(Uint32Array.of(0, 0), ids, 2))).toBe('id,cluster_id\n1,1\n2,1\n');
  });
});

describe('a failure while writing', () => {
  it('leaves neither new files nor parts of them, and the last run’s as they were', async () => {
    const folder = join(dir, 'failing');
    await prepareFolder(folder);
    await writeFile(join(folder, 'b.csv'), 'of the last run');
    const files = [
      {
        name: 'a.csv',
        write: pairsWriter(
          { left: new Uint32Array(0), right: new Uint32Array(0), weight: new Float32Array(0) },
          await idsOf(['1']),
          Uint32Array.of(0),
        ),
      },
      { name: 'b.csv', write: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) },
    ];
    await expect(writeTogether(folder, files)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringMatching(/no room is left/),
    });
    expect(await readdir(folder)).toEqual(['b.csv']);
  });

  it('folders in between are made', async () => {
    await prepareFolder(join(dir, 'one', 'two', 'three'));
    expect(await readdir(join(dir, 'one'))).toEqual(['two']);
  });

  it.each([
    ['/proc/nothing/here', /cannot be made there|may not be written/],
    [`/tmp/${'x'.repeat(300)}`, /its name is too long/],
  ])(
    '%s is refused in words, and at once',
    async (folder, message) => {
      const error = await prepareFolder(folder).catch((error: Error) => error);
      expect(error).toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
      expect((error as Error).message).not.toMatch(/E[A-Z]{4,}/);
    },
    5000,
  );

  it('a folder that is a file is found before the work', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    await expect(prepareFolder(file)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/it is a file/),
    });
  });
});
