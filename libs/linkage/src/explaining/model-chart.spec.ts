import { describe, expect, it } from '@jest/globals';
import { columnInWords, fieldLabels } from './field-names.js';
import { inPercent, inRound } from './figures.js';
import { levelWords } from './level-words.js';
import { madeModel } from './made-model.fixture.js';
import { modelChartSvg } from './model-chart-svg.js';
import { modelInWords } from './model-in-words.js';
import { xmlProblems } from './well-formed.fixture.js';

describe('the model as a chart', () => {
  const svg = modelChartSvg(madeModel(), { id: 'm', title: 'County & <model>' });

  it('is well-formed XML with a title and a description that says what the bars show', () => {
    expect(xmlProblems(svg)).toEqual([]);
    expect(svg).toContain('<title id="m-title">County &amp; &lt;model&gt;</title>');
    expect(svg).toMatch(
      /<desc id="m-desc">A model learned from 10,000 records\. .*Date of birth: agrees exactly \+13\.6; fifteen years or more apart −5\.9\./,
    );
  });

  it('can be read in black and white, at 800 pixels', () => {
    expect(svg).toContain('viewBox="0 0 800 ');
    expect(svg).toMatch(/▲ \+\d/);
    expect(svg).toMatch(/▼ −\d/);
    expect(svg).toContain('fill="url(#m-hatch)"');
    const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  });

  it('draws nothing outside its frame', () => {
    const [, width, height] = /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg)!.map(Number) as [number, number, number];
    for (const [, x, y] of svg.matchAll(/ x="([\d.-]+)" y="([\d.-]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(width);
      expect(Number(y)).toBeLessThanOrEqual(height);
    }
  });

  it('shows bands as a range, and leaves out what the data never showed', () => {
    expect(svg).toMatch(/Agrees exactly: ▲ \+3\.9 to \+9\.0 bits, usually \+7\.1/);
  });

  it('has each field, each kind of pair, the thresholds and what fields say together', () => {
    for (const label of fieldLabels(madeModel())) expect(svg).toContain(`>${label}</text>`);
    expect(svg).toContain('Two people of one household: about 9,000 pairs expected.');
    expect(svg).toContain('Linked from +2.0 bits on, shown to a person from −2.0');
    expect(svg).toContain('−1.5 bits: given name differs, and date of birth agrees exactly.');
    expect(svg).toContain('>where the given name agrees</text>');
  });

  it('has every level when asked, and joins those that hardly occur otherwise', () => {
    const model = madeModel();
    model.fields[2]!.levels.push(
      { name: 'next year', band: -1, m: 0.0001, u: 0.02 },
      { name: 'other year', band: -1, m: 0.0001, u: 0.03 },
    );
    model.correction = null;
    expect(modelChartSvg(model)).toContain('3 findings that hardly any match shows');
    expect(modelChartSvg(model, { every: true })).not.toContain('hardly any match');
    expect(modelChartSvg(model, { every: true })).toContain('Years differ, the rest is not known');
  });

  it('as text says the same', () => {
    expect(modelInWords(madeModel())).toEqual(
      expect.arrayContaining([
        'Surname: agrees exactly +4.9 to +10.2; differs −3.5.',
        'Twins: about 60 pairs expected.',
        'What was learned since adds −0.3 bits to every pair.',
      ]),
    );
  });
});

describe('words for fields, levels and figures', () => {
  it.each([
    ['DOB', 'date of birth'],
    ['dateOfBirth', 'date of birth'],
    ['first_name', 'first name'],
    ['nhs_number', 'NHS number'],
    ['\u0007\u202e', 'a column without a name'],
  ])('a column %j is a %s', (column, words) => {
    expect(columnInWords(column)).toBe(words);
  });

  it('two fields of one name are told apart by their columns', () => {
    const model = madeModel();
    model.fields.push({ ...model.fields[0]!, columns: ['alias'] });
    expect(fieldLabels(model)).toEqual(
      expect.arrayContaining(['Given name (forename and surname)', 'Given name (alias)']),
    );
  });

  it.each([
    ['date', 'year same, month same, day near', 'born: year and month agree, day a slip apart'],
    ['date', 'year far, month far, day far', 'born: year, month and day differ'],
    ['email', 'box one edit, domain', 'born: the part before the @ differs by one character, the part after it agrees'],
    ['address', 'same sector, other address', 'postcode is of the same sector (a few streets), address differs'],
    ['text', 'no postcode, alike', 'born is alike'],
    ['category', 'a level of a later version', 'born: a level of a later version'],
  ])('%s: %s', (kind, level, words) => {
    expect(levelWords(kind, level, { field: 'born', postcode: 'postcode', address: 'address' })).toBe(words);
  });

  it('never rounds to certainty', () => {
    expect([0, 1e-7, 0.0051, 0.5, 0.993, 0.99999, 1].map(inPercent)).toEqual([
      '0 %',
      '1 in 10 million',
      '0.51 %',
      '50 %',
      '99.3 %',
      'over 99.9 %',
      '100 %',
    ]);
    expect([0.2, 7, 1349, 199_990_000, 4e15].map(inRound)).toEqual([
      'fewer than one',
      '7',
      '1,300',
      '200 million',
      '4,000 trillion',
    ]);
  });
});
