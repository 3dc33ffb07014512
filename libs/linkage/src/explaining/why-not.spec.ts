import { describe, expect, it } from '@jest/globals';
import { clustersOfPair } from './clusters-of-pair.js';
import { madeLevels, madeModel } from './made-model.fixture.js';
import { sharedKeys } from './shared-keys.js';
import { whyNot } from './why-not.js';

const model = madeModel();
const good = madeLevels(['exact', 'exact', 'exact', null, 'other postcode, other address'], true);
const poor = madeLevels(['different', 'exact', 'generation', 'exact', null]);

describe('why two records were not linked', () => {
  it('is a person’s decision before anything else', () => {
    const { reason, text } = whyNot(model, good, 2, { cannotLink: true, compared: false });
    expect(reason).toBe('decided');
    expect(text.join(' ')).toMatch(
      /^A person has decided that they are two people\. By what the two records say they would be linked: \+/,
    );
  });

  it('is that they never met, for want of a key or because too many share theirs', () => {
    expect(whyNot(model, good, 2, { sharedKeys: [] })).toMatchObject({
      reason: 'never-compared',
      text: [expect.stringMatching(/share no key by which records meet/), expect.stringMatching(/would be linked/)],
    });
    const common = whyNot(model, good, 2, { compared: false, sharedKeys: ['sex', 'given name start'] });
    expect(common.text[0]).toMatch(/all they share is sex and given name start, which too many other records share/);
  });

  it('is a weight below the threshold, and what speaks against most', () => {
    const { reason, text, weight, needed, neededBy } = whyNot(model, poor, 2, { compared: true });
    expect({ reason, needed, neededBy }).toEqual({ reason: 'weight-below', needed: 2, neededBy: 'link' });
    expect(weight).toBeLessThan(-2);
    expect(text[0]).toMatch(
      /^Their weight is −\d+\.\d bits; \+2\.0 are needed \(the threshold from which a pair is linked\)\.$/,
    );
    expect(text[1]).toMatch(
      /^Against it: date of birth: fifteen years or more apart \(−5\.9\) and given name differs \(−2\.7\)/,
    );
    expect(text[2]).toBe('Postcode and address could not be compared.');
  });

  it('is that nothing agrees, or too little, where nothing speaks against', () => {
    expect(whyNot(model, madeLevels([null, null, null, 'exact', null])).text[1]).toBe(
      'Hardly anything in them agrees.',
    );
    expect(whyNot(model, madeLevels([null, 'exact', null, 'exact', null])).text[1]).toBe(
      'Nothing speaks against it, but what agrees is too little.',
    );
  });

  it('is the twin guard', () => {
    const twins = madeLevels(['different', 'exact', 'exact', 'exact', 'same postcode, same address'], true);
    const county = madeModel();
    county.classes[3]!.pairs = 2_000;
    expect(whyNot(county, twins, -20)).toMatchObject({
      reason: 'twin-guard',
      text: [expect.stringMatching(/mostly twins/), expect.anything()],
    });
  });

  it('is that two people explain a record equally well', () => {
    expect(whyNot(model, good, 2, { compared: true, ambiguous: true })).toMatchObject({ reason: 'ambiguous' });
  });

  it('is their groups, and the record that fits better', () => {
    const weights: Record<string, number> = { '0,1': 15, '0,2': 6, '1,2': -9, '0,3': -9, '1,3': -20, '2,3': 4 };
    const weightOf = (x: number, y: number): number => weights[[Math.min(x, y), Math.max(x, y)].join()]!;
    const clusters = clustersOfPair(
      [0, 2],
      [
        [0, 1],
        [2, 3],
      ],
      { weightOf },
    );
    expect(clusters).toEqual({
      sizes: [2, 2],
      together: false,
      pairs: 4,
      meanWeight: (6 - 8 - 8 - 8) / 4,
      better: [{ row: 1, weight: 15 }, null],
      forbidden: null,
    });
    const { reason, text } = whyNot(model, good, 2, { clusters, called: (row) => `r${row}` });
    expect(reason).toBe('clustered-apart');
    expect(text.join(' ')).toMatch(
      /would be linked.*groups of 2 and 2 records.*the 4 pairs between these have a mean of −4\.5 bits, where more than 0\.0 is needed\. Record r1 fits the first better \(\+15\.0 bits\)\.$/,
    );
  });

  it('says which threshold decided: with one partner each it is never that of groups', () => {
    const clusters = clustersOfPair([0, 1], [[0], [1]], { weightOf: () => -9 });
    const grouped = whyNot(model, poor, 50, { compared: true, clusters });
    expect(grouped).toMatchObject({ reason: 'weight-below', neededBy: 'join' });
    expect(grouped.needed).toBeLessThan(50);
    expect(grouped.text[0]).toMatch(
      /more than [+−]?\d+\.\d are needed \(above that groups .*counts as linked, \+50\.0, did not\)/,
    );
    const chosen = whyNot(model, poor, 50, { compared: true, clusters, oneToOne: true });
    expect(chosen).toMatchObject({ needed: 50, neededBy: 'link' });
  });

  it('is two other records of the groups that may not be together', () => {
    const clusters = clustersOfPair([0, 2], [[0, 1], [2]], {
      weightOf: () => 5,
      isForbidden: (x, y) => x === 1 && y === 2,
    });
    expect(clusters.forbidden).toEqual([1, 2]);
    expect(whyNot(model, good, 2, { clusters, called: (row) => `r${row}` }).text[1]).toMatch(
      /^But records r1 and r2 of their groups may not be together/,
    );
  });

  it('does not count pairs of one file where two are linked', () => {
    const across = clustersOfPair([0, 2], [[0, 3], [2]], { weightOf: (x, y) => (x < 2 === y < 2 ? null : 5) });
    expect(across).toMatchObject({ pairs: 1, meanWeight: 5, better: [null, null] });
  });

  it('is nothing, where they are linked', () => {
    const clusters = clustersOfPair(
      [0, 1],
      [
        [0, 1],
        [0, 1],
      ],
      { weightOf: () => 5 },
    );
    expect(whyNot(model, good, 2, { clusters })).toMatchObject({ reason: 'linked' });
  });

  it('is not known without the groups', () => {
    expect(whyNot(model, good).reason).toBe('unknown');
  });
});

describe('shared keys', () => {
  it('are the kinds of keys both rows have, by either of two values', () => {
    const atom = (name: string, codes: number[], more?: number[]) => ({
      name,
      family: name,
      codes: Uint32Array.from(codes),
      ...(more && { more: Uint32Array.from(more) }),
    });
    const atoms = [atom('surname', [1, 2]), atom('date', [0, 0]), atom('a name', [1, 5], [5, 7])];
    expect(sharedKeys([{ atoms }], 0, 1)).toEqual(['a name']);
  });
});
