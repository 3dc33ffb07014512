import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { generateCounty } from '../../../apps/connector/src/generating/index.js';
import { loadModel, prepare } from '../src/index.js';
import type { Experience } from '../src/people/experience.js';
import { AT, FIELDS, PERSON_FIELDS } from '../src/people/fields.js';
import { trainOnPeople, type TrainedPeople } from '../src/people/train-people.js';
import { mentionsOf } from './county-people.js';

const experience = JSON.parse(
  readFileSync(new URL('../src/models/experience.json', import.meta.url), 'utf8'),
) as Experience;
const options = { randomPairs: 100_000, rounds: 40, seed: 1, experience };

describe('training on people, without labels', () => {
  const counties = [11, 12].map((seed) => mentionsOf(generateCounty({ people: 3_000, seed })));
  const named = counties.map((mentions) =>
    mentions.map(({ person, row }) => ({ person: prepare(person), record: row })),
  );
  let trained: TrainedPeople;
  beforeAll(async () => {
    trained = await trainOnPeople(named, options);
  });

  it('expects about as many matches as there truly are', () => {
    let truly = 0;
    for (const mentions of counties) {
      const rows = Map.groupBy(mentions, ({ personId }) => personId);
      for (const [, of] of rows) truly += pairsOf(new Set(of.map(({ row }) => row)).size);
    }
    expect(trained.matches / truly).toBeGreaterThan(0.95);
    expect(trained.matches / truly).toBeLessThan(1.05);
  });

  it('gives every class shares that add up to one, where levels are counted apart each part by itself', () => {
    for (const { shares } of trained.classes) {
      PERSON_FIELDS.forEach(({ levels }, f) => {
        for (const part of [undefined, 1]) {
          const mine = shares[f]!.filter((_, level) => level > 0 && levels[level]!.segment === part);
          if (mine.length > 0) expect(mine.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
        }
      });
    }
  });

  it('lets a rarer name speak more for one person', () => {
    const [match, random] = trained.classes;
    const { levels } = PERSON_FIELDS[AT.surname]!;
    const exact = levels.flatMap(({ name }, level) => (name === 'exact' ? [level] : []));
    const bits = exact.map((level) =>
      Math.log2(match!.shares[AT.surname]![level]! / random!.shares[AT.surname]![level]!),
    );
    expect(bits).toEqual(bits.toSorted((a, b) => a - b));
  });

  it('says the same every time', async () => {
    expect(await trainOnPeople(named, options)).toEqual(trained);
  });

  it('has no share below what experience says', () => {
    const match = trained.classes[0]!;
    const numbers = AT.nhsNumber;
    const level = PERSON_FIELDS[numbers]!.levels.findIndex(({ name }) => name === 'different');
    expect(match.shares[numbers]![level]).toBeGreaterThan(0.9 * experience.least['match']!['nhsNumber']!['different']!);
  });
});

describe('experience', () => {
  it('names only fields and levels there are', () => {
    const told = [...Object.values(experience.start), ...Object.values(experience.least), experience.strangers];
    for (const shares of told) {
      for (const [field, levels] of Object.entries(shares)) {
        const known = PERSON_FIELDS.find(({ name }) => name === field)?.levels.map(({ name }) => name) ?? [];
        expect(known).toEqual(expect.arrayContaining(Object.keys(levels)));
      }
    }
    const kinds = loadModel().classes.map(({ name }) => name);
    expect(kinds).toEqual(expect.arrayContaining(Object.keys(experience.lookalikes)));
    expect(loadModel().fields.map(({ name }) => name)).toEqual([...FIELDS]);
  });
});

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
