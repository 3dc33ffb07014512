import { loadModel } from '#linkage';
import { generateCounty } from '../../../apps/connector/src/generating/index.js';
import { mentionsOf } from '../../../libs/linkage/test/county-people.js';
import { measure, type Rates } from '../../../libs/linkage/test/measure.js';
import type { Figure } from '../measure.js';

/** As `npm run demo` makes it, and the next seeds' besides: with fewer a small tradition's recall is told by two or three pairs. */
const COUNTY = { people: 20_000, seeds: Array.from({ length: 24 }, (_, at) => at + 1) };
/** A tradition's recall may lie this far under everybody's. */
const MAY_LAG = 0.03;

/** Of the true pairs in the demo's county, those an analyst is shown, by the naming tradition of the person. */
export function recallByTradition(): Figure[] {
  const found = new Map<string, { right: number; all: number }>();
  for (const seed of COUNTY.seeds) {
    const measured = measure(loadModel(), mentionsOf(generateCounty({ people: COUNTY.people, seed })));
    for (const [tradition, { shown }] of Object.entries(measured.byTradition)) add(found, tradition, shown);
  }
  const all = [...found.values()].reduce((sum, one) => ({ right: sum.right + one.right, all: sum.all + one.all }));
  const mean = all.right / all.all;
  return [...found]
    .filter(([, { all: pairs }]) => pairs > 0)
    .sort(([, a], [, b]) => a.right / a.all - b.right / b.all)
    .map(([tradition, { right, all: pairs }]) => ({
      name: `county: recall, ${tradition} names (${pairs} true pairs)`,
      value: round(right / pairs),
      unit: '',
      goal: round(mean - MAY_LAG),
      ok: round(right / pairs) >= round(mean - MAY_LAG),
      reference: { what: 'all traditions', value: round(mean) },
      ratio: right / pairs / mean,
      runs: COUNTY.seeds.length,
    }));
}

function add(found: Map<string, { right: number; all: number }>, tradition: string, rates: Rates): void {
  const sum = found.get(tradition) ?? { right: 0, all: 0 };
  sum.right += Math.round(rates.recall * rates.truePairs);
  sum.all += rates.truePairs;
  found.set(tradition, sum);
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
