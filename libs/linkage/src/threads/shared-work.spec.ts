import { describe, expect, it } from '@jest/globals';
import { candidatePairs } from '../blocking/candidates.js';
import { keyBlocks } from '../blocking/key-blocks.js';
import { possibleRules } from '../blocking/rules.js';
import { inventedPeople, INVENTED_COMPARISONS } from '../linking/invented-people.fixture.js';
import { tableOfRows } from '../linking/made-table.fixture.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { Helper } from './helper.js';
import { prepared } from './prepared.js';
import { anchorsSearched, candidates } from './shared-work.js';
import { Performer, type Results, type Task } from './task.js';

/** Does as a second thread does: what goes there and back is copied, and loses its class. */
class CopyingHelper extends Helper {
  private readonly there = new Performer();

  override get isThere(): boolean {
    return true;
  }

  override async perform<T extends Task>(task: T): Promise<Results[T['do']]> {
    return structuredClone(this.there.perform(structuredClone(task)));
  }
}

const { rows } = inventedPeople(300, 2, 151);
const table = tableOfRows(rows);
const comparisons = INVENTED_COMPARISONS.map((one) => ({ ...one, columns: [...one.columns] }));
const [alone, two] = [new Helper(1), new CopyingHelper(1)];

describe('with a second thread', () => {
  it('comparators say the same of every pair', async () => {
    const [here, there] = [await prepared(table, comparisons, alone), await prepared(table, comparisons, two)];
    const pairs = {
      left: Uint32Array.from({ length: 5000 }, (_, k) => (k * 7) % 600),
      right: Uint32Array.from({ length: 5000 }, (_, k) => (k * 13 + 5) % 600),
      count: 5000,
    };
    expect(there.filter((one) => 'held' in one).length).toBeGreaterThan(0);
    expect(here.some((one) => 'held' in one)).toBe(false);
    expect(await new PairComparer(there, [], two).all(pairs)).toEqual(new PairComparer(here, []).compare(pairs));
    expect(there.flatMap(({ atoms }) => atoms)).toEqual(here.flatMap(({ atoms }) => atoms));
  });

  it('candidates are the same, each once', async () => {
    const rules = possibleRules(
      (await prepared(table, comparisons, alone)).flatMap(({ atoms }) => atoms),
      600,
      20,
    );
    for (const boundary of [0, 250]) {
      const here = await candidates(rules, 600, 20, boundary, alone);
      const there = await candidates(rules, 600, 20, boundary, two);
      const plain = candidatePairs(
        rules.map((rule) => keyBlocks(rule, 600, 20)),
        600,
        boundary,
      );
      const told = ({ left, right, count }: typeof here): string[] =>
        Array.from({ length: count }, (_, k) => `${left[k]},${right[k]}`);
      expect(told(there)).toEqual(told(here));
      expect(told(plain)).toEqual(told(here));
      expect(new Set(told(here)).size).toBe(here.count);
    }
  });

  it('the search around anchors is the same', async () => {
    const rules = possibleRules(
      (await prepared(table, comparisons, alone)).flatMap(({ atoms }) => atoms),
      600,
      20,
    );
    const anchors = Uint32Array.from({ length: 60 }, (_, at) => at * 10);
    expect(await anchorsSearched(rules, 600, anchors, 20, two)).toEqual(
      await anchorsSearched(rules, 600, anchors, 20, alone),
    );
  });
});
