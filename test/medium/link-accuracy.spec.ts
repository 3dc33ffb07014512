import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeRecords } from '../../apps/connector/src/generating/records/write-records.js';
import { LinkFolder } from '../support/mash-link.js';

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
/** The data sets with their truth are not part of the project: they lie beside it, or these tests are skipped. */
const withData = existsSync(DATA) ? describe : describe.skip;

let folder: LinkFolder;
beforeAll(async () => {
  folder = await LinkFolder.make();
});
afterAll(() => folder.remove());

/** Clusters against the truth, with nothing said of the columns and the engine's own threshold. */
const clustersOf = async (file: string, truth: string, ...flags: string[]) => {
  const { code, stderr } = await folder.run('out', file, '--truth', truth, ...flags);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { accuracy, expected } = JSON.parse(await folder.read('out', 'report.json'));
  return { ...accuracy.clusters, expected } as {
    f1: number;
    precision: number;
    recall: number;
    expected: { precision: number; recall: number };
  };
};

withData('clusters of the shared data sets (skipped where ../shared is not there)', () => {
  it.each([
    // [data set, F1 wanted, F1 of Splink 5 with its threshold from the truth]
    ['febrl3', 0.9995, 0.9995],
    ['fake_1000', 0.98, 0.921],
    ['fake_20000', 0.96, 0.816],
    ['historical_dev', 0.97, 0.875],
  ])(
    '%s: F1 of at least %d, and with --fast above Splink’s %d',
    async (name, wanted, splink) => {
      const [file, truth] = [`${DATA}${name}.csv`, `${DATA}${name}_links.csv`];
      expect((await clustersOf(file, truth)).f1).toBeGreaterThanOrEqual(wanted);
      const fast = await clustersOf(file, truth, '--fast');
      if (name === 'febrl3') expect(fast.f1).toBeGreaterThanOrEqual(0.99);
      else expect(fast.f1).toBeGreaterThan(splink);
    },
    120_000,
  );
});

describe('clusters of generated British records: families, twins, movers, most people once', () => {
  it('8,000 rows: F1 of at least 0.97, precision of at least 0.985', async () => {
    await writeRecords({ records: 8000, seed: 301 }, folder.dir);
    const { f1, precision, recall, expected } = await clustersOf('records.csv', 'records_links.csv');
    // What it says of itself is near the truth.
    expect(Math.abs(expected.precision - precision)).toBeLessThan(0.03);
    expect(Math.abs(expected.recall - recall)).toBeLessThan(0.05);
    expect(f1).toBeGreaterThanOrEqual(0.97);
    expect(precision).toBeGreaterThanOrEqual(0.985);
  }, 120_000);
});
