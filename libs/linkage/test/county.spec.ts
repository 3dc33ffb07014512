import { describe, expect, it } from '@jest/globals';
import { generateCounty } from '../../../apps/connector/src/generating/index.js';
import { loadModel } from '../src/index.js';
import { mentionsOf } from './county-people.js';
import { measure } from './measure.js';

/** The model's thresholds were set on seeds 1, 2, 4, 5 and 6, and 3 was looked at; 7 was not until all was fixed. */
const measured = measure(loadModel(), mentionsOf(generateCounty({ people: 20_000, seed: 7 })));

describe('a county of 20,000 people', () => {
  it('has proposals that are right, and that find nearly all there is', () => {
    expect(measured.proposed.truePairs).toBeGreaterThan(300);
    expect(measured.proposed.precision).toBeGreaterThanOrEqual(0.98);
    expect(measured.proposed.recall).toBeGreaterThanOrEqual(0.9);
  });

  it('has hardly a true pair that a closer look misses too', () => {
    expect(measured.shown.recall).toBeGreaterThanOrEqual(0.95);
  });

  it('has blocking keys that lose hardly a true pair', () => {
    expect(measured.blocking).toBeGreaterThanOrEqual(0.97);
    expect(measured.blockingOfLikely).toBeGreaterThanOrEqual(0.99);
    expect(measured.meanKeys).toBeLessThanOrEqual(16);
  });

  it('serves no naming tradition much worse than the whole', () => {
    const many = Object.values(measured.byTradition).filter(({ shown }) => shown.truePairs >= 25);
    for (const { shown } of many) expect(shown.recall).toBeGreaterThan(measured.shown.recall - 0.1);
  });
});
