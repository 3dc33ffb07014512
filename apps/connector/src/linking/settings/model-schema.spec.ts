import { link } from '#linkage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../reading/read-table.js';
import { problemOfModel } from './model-schema.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-model-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Plainly invented: 150 people in two rows each, whose sex their forename tells. */
const rows = Array.from({ length: 150 }, (_, n) => {
  const forename = `${['Bra', 'Cel', 'Dor', 'Fen', 'Gil'][n % 5]}${['vin', 'mor', 'wick', 'leth'][n % 4]}`;
  const surname = `${['Ash', 'Birch', 'Elm'][n % 3]}invent${String.fromCharCode(97 + (n % 26))}`;
  const born = `${1950 + ((n * 7) % 50)}-0${1 + (n % 9)}-${10 + (n % 18)}`;
  return [forename, surname, born, n % 5 < 2 ? 'M' : 'F'];
}).flatMap(([forename, surname, born, sex], n) => [
  [`a${n}`, forename, surname, born, sex].join(','),
  [`b${n}`, n % 4 ? forename : forename![0], surname, n % 7 ? born : '', sex].join(','),
]);

const own = rows.filter((_, n) => n % 2).map((_, n): [number, number] => [2 * n, 2 * n + 1]);

describe('the schema of models', () => {
  it('takes the model that comes with the hub', () => {
    const file = new URL('../../../../../libs/linkage/src/models/county-2026-2.json', import.meta.url);
    expect(problemOfModel(JSON.parse(readFileSync(file, 'utf8')))).toBeNull();
  });

  it('takes what the engine learns, from clusters and from decisions', async () => {
    const file = join(dir, 'people.csv');
    await writeFile(file, `id,forename,surname,dob,sex\n${rows.join('\n')}\n`);
    const { table } = await readTable([file]);
    const learned = async (fast: boolean, decided: number) =>
      (
        await link({
          table,
          leftRows: table.rows,
          settings: {
            type: 'dedupe',
            oneToOne: false,
            comparisons: [
              { columns: ['forename', 'surname'], kind: 'name' },
              { columns: ['dob'], kind: 'date' },
              { columns: ['sex'], kind: 'category' },
            ],
            blocking: 'auto',
            threshold: 'auto',
            threads: 1,
          },
          keep: -5,
          fast,
          seed: 1,
          // Unlike what the model says by itself, so that there is something to learn.
          decisions: {
            mustLink: own.filter((_, n) => n < decided && n % 4 !== 0),
            cannotLink: own.filter((_, n) => n < decided && n % 4 === 0),
          },
        })
      ).model;
    const kinds = new Set<string>();
    for (const [fast, decided] of [
      [false, 0],
      [true, 0],
      [true, 149],
    ] as const) {
      const model = await learned(fast, decided);
      expect(problemOfModel(JSON.parse(JSON.stringify(model)))).toBeNull();
      kinds.add(model.correction === null ? 'plain' : 'corrected');
    }
    expect([...kinds].sort()).toEqual(['corrected', 'plain']);
  });
});
