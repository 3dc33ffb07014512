// node dist/libs/linkage/test/train-county.js [FILE]: learns the hub's model from made-up counties and writes it.
// See ../src/models/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { generateCounty } from '../../../apps/connector/src/generating/index.js';
import { type LinkageModel, prepare } from '../src/index.js';
import type { Experience } from '../src/people/experience.js';
import { FIELDS, KIND_OF } from '../src/people/fields.js';
import { checkModel, sizedFor } from '../src/people/person-model.js';
import { trainOnPeople } from '../src/people/train-people.js';
import { mentionsOf } from './county-people.js';
import { thresholdsFor } from './thresholds-for.js';

/** Seeds 7 to 9 are for judging, and have never been learned from. */
const SEEDS = [1, 2, 4, 5, 6];
const PEOPLE = 20_000;
const VERSION = 'county-2026-2';

const beside = (file: string): URL => new URL(`../src/models/${file}`, import.meta.url);
const read = <T>(file: string): T => JSON.parse(readFileSync(beside(file), 'utf8')) as T;

const counties = SEEDS.map((seed) => mentionsOf(generateCounty({ people: PEOPLE, seed })));
const named = counties.map((mentions) => mentions.map(({ person, row }) => ({ person: prepare(person), record: row })));
const experience = read<Experience>('experience.json');
const trained = await trainOnPeople(named, { randomPairs: 5_000_000, rounds: 80, seed: 1, experience });

const model: LinkageModel = {
  format: 'mash.linkage-model/1',
  version: VERSION,
  notes: [
    `Learned without labels from ${SEEDS.length} made-up counties of ${PEOPLE} people (mash generate, seeds ${SEEDS.join(', ')}) by libs/linkage/test/train-county.ts; ${trained.pairs} pairs compared.`,
    'Pairs across counties show how often strangers agree; pairs within one that share a blocking key show the rest. What made-up records cannot teach, and where training started, is experience.json: estimates from general knowledge.',
    'Thresholds alone were set with the truth of the same counties in hand. Never fitted to real people: the generator draws errors independently, so real data will be lower.',
    'population: people among whom a record’s owner is sought. A hub of another size sets its own (forPopulation): with the prior of a small county a large one proposes too much on names alone.',
  ],
  population: PEOPLE,
  trainedOn: { rows: named.reduce((sum, { length }) => sum + length, 0), fingerprint: null },
  comparisons: FIELDS.map((name) => ({ columns: [name], kind: KIND_OF[name] })),
  fields: trained.fields,
  implied: [],
  classes: sizedFor(trained.classes, PEOPLE),
  correction: null,
  thresholds: { link: 3, show: -3, join: 0 },
  expected: { precision: 1, recall: 1, missedByBlocking: 0 },
  words: read(`${VERSION}.words.json`),
};
const { thresholds, expected } = thresholdsFor(model, counties);
const { words: _, ...file } = { ...model, thresholds, expected };
checkModel({ ...file, words: model.words });
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;
writeFileSync(process.argv[2] ?? beside(`${VERSION}.json`), `${JSON.stringify(file, rounded)}\n`);
process.stdout.write(
  `${trained.pairs} pairs, ${Math.round(trained.matches)} matches expected, thresholds ${JSON.stringify(thresholds)}, ${JSON.stringify(expected)}\n`,
);
