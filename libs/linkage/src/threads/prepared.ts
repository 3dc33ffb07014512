import { built, type ComparatorPlan, inTheirRoles, plansFor } from '../fields/comparators.js';
import type { Comparator, Compared } from '../fields/field.js';
import type { ComparisonKind, ComparisonSettings } from '../linking/settings.js';
import type { Table } from '../linking/table.js';
import type { Helper } from './helper.js';

/** A comparator that the other thread holds, by its number there. */
export interface Away extends Compared {
  held: number;
}

/** What a distinct value of a kind takes to read, in microseconds, roughly: it is their proportions that count. */
const EFFORT: Record<ComparisonKind, number> = {
  address: 3,
  text: 3,
  name: 7,
  email: 2,
  phone: 2,
  identifier: 1,
  date: 3,
  postcode: 3,
  category: 1,
  exact: 1,
};

/**
 * Comparators, about half the work on the other thread: what is read there stays there, with the values it compares, and
 * only keys and levels are seen here.
 */
export async function prepared(
  table: Table,
  comparisons: readonly ComparisonSettings[],
  helper: Helper,
): Promise<(Comparator | Away)[]> {
  const plans = plansFor(table, comparisons);
  const away = helper.isThere ? halfOf(plans) : new Set<ComparatorPlan>();
  const theirs = new Map(
    [...away].map((plan) => [plan, helper.perform({ do: 'prepare', plan, rows: table.rows })] as const),
  );
  const ours = plans.map((plan) => theirs.get(plan) ?? built(plan, table.rows));
  return inTheirRoles(await Promise.all(ours), table.rows);
}

/** The largest goes to the other thread, each further one to where there is less so far. */
function halfOf(plans: readonly ComparatorPlan[]): Set<ComparatorPlan> {
  const effort = (plan: ComparatorPlan): number =>
    EFFORT[plan.kind] * plan.columns.reduce((sum, { values }) => sum + values.length, 0);
  const away = new Set<ComparatorPlan>();
  let [here, there] = [0, 0];
  for (const plan of [...plans].sort((a, b) => effort(b) - effort(a))) {
    if (there <= here) {
      away.add(plan);
      there += effort(plan);
    } else here += effort(plan);
  }
  return away;
}
