import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { link } from '../linking/link.js';
import type { Table } from '../linking/table.js';
import type { TrainedModel } from '../linking/trained-model.js';
import { PairModel } from '../scoring/pair-model.js';
import { seededRandom } from '../training/random-pairs.js';
import { comparerOfModel, modelFor } from './comparer-of-model.js';
import { explainPair } from './explain-pair.js';
import { explanationInWords } from './explanation-in-words.js';
import { madeLevels, madeModel } from './made-model.fixture.js';
import { pairWeight } from './pair-bits.js';
import { asField } from './trained-levels.js';
import { waterfallSvg } from './waterfall-svg.js';
import { xmlProblems } from './well-formed.fixture.js';

/** The weight as the engine's own scoring works it out. */
function scored(model: TrainedModel, levels: Uint8Array): number {
  const classes = model.classes.map(({ name, pairs, shares }) => ({
    name,
    pairs,
    shares: shares.map((one) => Float64Array.from(one)),
    sources: [],
  }));
  const out = new Float64Array(1);
  new PairModel(model.fields.map(asField), { classes }, model.correction).weigh(levels, 1, out);
  return out[0]!;
}

describe('an explanation of a pair', () => {
  it('adds up to the weight the pair was given, bit by bit, whatever the model', () => {
    const share = fc.double({ min: 1e-9, max: 1, noNaN: true });
    const bits = fc.double({ min: -9, max: 9, noNaN: true });
    const base = madeModel();
    const level = base.fields.map(({ levels }) => fc.nat(levels.length - 1));
    fc.assert(
      fc.property(fc.tuple(...level), fc.infiniteStream(share), fc.infiniteStream(bits), (made, shares, learned) => {
        const model = madeModel();
        const next = <T>(stream: Iterator<T>): T => stream.next().value as T;
        for (const one of model.classes) {
          one.pairs = 1e6 * next(shares);
          one.shares = one.shares.map((field) => field.map((_, at) => (at === 0 ? 1 : next(shares))));
        }
        const of = (numbers: ArrayLike<number>): number[] => Array.from(numbers, () => next(learned));
        const { weights, interactions } = model.correction!;
        model.correction = {
          prior: next(learned),
          weights: weights.map(of),
          interactions: interactions.map((one) => ({ ...one, weights: of(one.weights) })),
        };
        const levels = Uint8Array.from(made);
        const { weight, probability, fields, otherwise } = explainPair(model, levels);
        expect(fields.reduce((sum, one) => sum + one.weight, 0)).toBe(weight);
        expect(Math.abs(weight - scored(model, levels))).toBeLessThan(1e-9 * Math.max(1, Math.abs(weight)));
        expect(Math.abs(weight - pairWeight(model, levels))).toBeLessThan(1e-9 * Math.max(1, Math.abs(weight)));
        for (const { parts, weight: one } of fields) if (parts) expect(parts.counted + parts.learned).toBe(one);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(otherwise.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 9);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('names the lookalikes that the pair may be', () => {
    const household = explainPair(
      madeModel(),
      madeLevels(['different', 'exact', 'generation', 'exact', 'same postcode, same address'], true),
    );
    expect(household.fields.at(-1)).toMatchObject({
      field: 'lookalike',
      label: 'Lookalike: household',
      text: 'could be two people of one household',
    });
    expect(household.otherwise[0]).toMatchObject({ class: 'household', text: 'two people of one household' });
    const strangers = explainPair(
      madeModel(),
      madeLevels(['different', 'different', 'generation', 'exact', 'other postcode, other address']),
    );
    expect(strangers.fields.map(({ kind }) => kind)).not.toContain('lookalike');
    expect(strangers.otherwise[0]).toMatchObject({ class: 'random' });
  });

  it('says in plain words what each field showed, how rare it is, and what is missing', () => {
    const { fields, missing } = explainPair(
      madeModel(),
      madeLevels(['exact', 'exact', null, 'exact (given name agrees)', 'same postcode, no address'], true),
    );
    expect(fields.filter(({ kind }) => kind === 'field').map(({ label, text }) => `${label} | ${text}`)).toEqual([
      'Given name | given name agrees exactly (at most one record in 130 has it)',
      'Surname | surname agrees exactly (at most one record in 130 has it)',
      'Sex | sex agrees exactly, where the given name agrees',
      'Postcode and address | postcode agrees',
    ]);
    expect(missing).toEqual(['date of birth']);
  });

  it('tells names in each other’s place once, and calls neither of them missing', () => {
    const { fields, missing } = explainPair(madeModel(), madeLevels([null, 'swapped', 'exact', 'exact', null]));
    expect(fields.map(({ text }) => text)).toContain('given name and surname stand in each other’s place');
    expect(missing).toEqual(['postcode and address']);
  });

  it('shows what was learned since apart from what was counted', () => {
    const { fields } = explainPair(
      madeModel(),
      madeLevels(['different', 'exact', 'exact', 'exact', 'same postcode, same address']),
    );
    const find = (field: string) => fields.find((one) => one.field === field);
    expect(find('learned')).toMatchObject({ weight: -0.3 });
    expect(find('date')).toMatchObject({ parts: { counted: Math.log2(0.9 / 0.0001), learned: 0.5 } });
    expect(find('given name with date')).toMatchObject({
      label: 'Given name with date of birth',
      weight: -1.5,
      text: 'what both say together speaks more against one person than each by itself',
    });
    expect(find('together')).toMatchObject({ weight: 0.2, text: 'a small effect of fields together' });
  });

  it('as text gives the likelihood first, every part, and the total', () => {
    const lines = explanationInWords(
      explainPair(madeModel(), madeLevels(['exact', 'exact', 'exact', 'exact (given name agrees)', null], true)),
    );
    expect(lines[0]).toMatch(/^Almost certainly the same person: \+\d+\.\d bits, a probability of over 99\.9 %\.$/);
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^ {2}Date of birth +▲ +\+13\.6 {2}date of birth agrees exactly \[counted \+13\.1, learned \+0\.5\]$/,
      ),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Total +▲/));
    expect(lines).toContain('Not compared, since a record does not say it: postcode and address.');
  });

  it('is drawn with its words, so that the picture can stand alone', () => {
    const explained = explainPair(
      madeModel(),
      madeLevels(['exact', 'exact', 'year', 'exact (given name agrees)', null]),
    );
    const svg = waterfallSvg(explained, { words: true, id: 'one', title: 'r1 & r2', width: 800 });
    expect(xmlProblems(svg)).toEqual([]);
    expect(svg).toContain('>r1 &amp; r2</text>');
    expect(svg).toMatch(/>Date of birth: year agrees, the rest is not known<\/text>/);
    expect(
      Math.min(...[...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size))),
    ).toBeGreaterThanOrEqual(12);
  });

  it('refuses levels that are not of the model', () => {
    expect(() => explainPair(madeModel(), [1, 1])).toThrow(expect.objectContaining({ code: 'invalid_model' }));
    expect(() => explainPair(madeModel(), [1, 1, 99, 1, 1])).toThrow('not of this model');
  });
});

/** Plainly invented people, many of them twice, some with a slip. */
function inventedTable(people: number): Table {
  const random = seededRandom(11);
  const one = (from: readonly string[]): string => from[Math.floor(random() * from.length)]!;
  const word = (): string =>
    one(['Bra', 'Cel', 'Dor', 'Fen', 'Gil', 'Hol']) + one(['vin', 'mor', 'wick', 'leth', 'dana']);
  const rows: string[][] = [];
  for (let at = 0; at < people; at++) {
    const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
    const born = `${1940 + Math.floor(random() * 60)}-0${1 + Math.floor(random() * 9)}-${day}`;
    const person = [
      word(),
      `${word()}${one(['son', 'by', 'worth'])}`,
      born,
      one(['female', 'male']),
      `${one(['NG', 'DE'])}${1 + Math.floor(random() * 9)} ${Math.floor(random() * 9)}ZZ`,
    ];
    rows.push(person);
    if (at % 3 !== 0)
      rows.push([
        at % 2 ? person[0]! : person[0]!.slice(0, 1),
        person[1]!,
        at % 5 ? person[2]! : '',
        person[3]!,
        person[4]!,
      ]);
  }
  const columns = ['forename', 'surname', 'dob', 'sex', 'postcode'].map((name, c) => {
    const values = ['', ...new Set(rows.map((row) => row[c]!).filter((value) => value !== ''))];
    return { name, values, codes: Uint32Array.from(rows, (row) => values.indexOf(row[c]!)) };
  });
  return { rows: rows.length, columns };
}

describe('a model that the engine has trained', () => {
  it('explains each pair of its answer to the weight that stands there', async () => {
    const table = inventedTable(300);
    const { rows } = table;
    const comparisons: TrainedModel['comparisons'] = [
      { columns: ['forename', 'surname'], kind: 'name' },
      { columns: ['dob'], kind: 'date' },
      { columns: ['sex'], kind: 'category' },
      { columns: ['postcode'], kind: 'postcode' },
    ];
    const settings = {
      type: 'dedupe',
      oneToOne: false,
      comparisons,
      blocking: 'auto',
      threshold: 'auto',
      threads: 1,
    } as const;
    const { model, pairs } = await link({ table, leftRows: rows, settings, keep: -5, fast: false, seed: 1 });
    const comparer = comparerOfModel(model, table);
    const levels = comparer.compare({ ...pairs, count: pairs.left.length });
    const F = comparer.fields.length;
    const here = modelFor(model, comparer, rows, (rows * (rows - 1)) / 2);
    expect(pairs.left.length).toBeGreaterThan(150);
    for (let k = 0; k < pairs.left.length; k++) {
      const explained = explainPair(here, levels.subarray(k * F, k * F + F));
      expect(Math.abs(explained.weight - pairs.weight[k]!)).toBeLessThan(1e-4);
      expect(explained.fields.every(({ text }) => text !== '' && !/undefined|\{/.test(text))).toBe(true);
    }
  });
});
