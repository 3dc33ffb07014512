import type { TrainedLevel } from '../../linking/trained-model.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import { type Counted, sameSteps, valuesByStep } from './counted.js';
import { addStep, type Exporting } from './exporting.js';

/** More values than this are not written out one by one. */
const MOST_LISTED = 10_000;
const UNCOUNTED =
  'how rare a value is cannot be counted, as it is made of several columns or stands among others in one: all count as common (give the rows, or use prepared columns)';
const AS_WRITTEN =
  'rarity is counted over the column as it is written, not over what the engine makes of it: bands may be off by one';

/**
 * The rarity of the commoner of a pair's two values, in steps: every edge of the field's bands parts two. From the
 * frequencies Splink counts where they fall in the same bands as ours, else from lists of values.
 */
export class Rarity {
  private constructor(
    private readonly exporting: Exporting,
    private readonly edges: readonly number[],
    /** Keys: how many edges the rarity is above; −1 where both are missing. */
    readonly step: SqlComparison,
  ) {}

  static of(
    exporting: Exporting,
    field: string,
    name: string,
    value: Value,
    levels: readonly TrainedLevel[],
    counted: Counted | null,
  ): Rarity {
    const edges = edgesOf(levels);
    const known = counted === null || exporting.cleaned.prepared || sameSteps(counted, edges);
    if (!known) {
      const rungs = listedRungs(exporting, value, edges, counted!);
      if (rungs !== null) return Rarity.made(exporting, field, name, value, edges, rungs, []);
      exporting.notExpressed.push({ field, level: null, why: AS_WRITTEN });
    }
    if (value.column === null) {
      exporting.notExpressed.push({ field, level: null, why: UNCOUNTED });
      return Rarity.made(exporting, field, name, value, edges, [{ key: 0, label: 'unknown', when: 'ELSE' }], []);
    }
    const [l, r] = (['l', 'r'] as const).map((side) => exporting.dialect.column(`tf_${value.column}_${side}`));
    const rungs = edges.map((edge, step): Rung => {
      const when = `greatest(${l}, ${r}) > ${(2 ** -edge).toExponential()}`;
      return { key: step, label: labelOfStep(edges, step), when };
    });
    const last = { key: edges.length, label: labelOfStep(edges, edges.length), when: 'ELSE' };
    return Rarity.made(exporting, field, name, value, edges, [...rungs, last], [value.column]);
  }

  /** As `of`, from lists of values wherever they are not too many. */
  static listed(
    exporting: Exporting,
    field: string,
    name: string,
    value: Value,
    levels: readonly TrainedLevel[],
    counted: Counted,
  ): Rarity {
    const edges = edgesOf(levels);
    const rungs = listedRungs(exporting, value, edges, counted);
    if (rungs === null) return Rarity.of(exporting, field, name, value, levels, null);
    return Rarity.made(exporting, field, name, value, edges, rungs, []);
  }

  private static made(
    exporting: Exporting,
    field: string,
    name: string,
    value: Value,
    edges: readonly number[],
    rungs: readonly Rung[],
    frequencies: readonly string[],
  ): Rarity {
    const when = `coalesce(${value.l}, ${value.r}) is null`;
    const says = `How rare the commoner of both is (${field}); a step on the way, weighs nothing`;
    const all = [{ key: -1, label: 'missing', when, missing: true as const }, ...rungs];
    return new Rarity(
      exporting,
      edges,
      addStep(exporting, new SqlComparison(`rarity_${name}`, says, all, frequencies)),
    );
  }

  /** SQL: the rarity lies in this level's band. */
  within(level: TrainedLevel, group: readonly TrainedLevel[]): string {
    const keys = Array.from({ length: this.edges.length + 1 }, (_, step) => step);
    return this.step.is(this.exporting.dialect, ...keys.filter((step) => this.bandOf(step, group) === level));
  }

  /** The level of a group of bands that a step falls in. */
  bandOf(step: number, group: readonly TrainedLevel[]): TrainedLevel {
    const lower = step <= 0 ? 0 : this.edges[step - 1]!;
    return group.findLast(({ band }) => band <= lower) ?? group[0]!;
  }
}

function edgesOf(levels: readonly TrainedLevel[]): number[] {
  return [...new Set(levels.map(({ band }) => band).filter((band) => band > 0))].sort((a, b) => a - b);
}

function labelOfStep(edges: readonly number[], step: number): string {
  if (step === 0) return `under ${edges[0]} bits`;
  return step === edges.length ? `${edges.at(-1)} bits or more` : `${edges[step - 1]} to ${edges[step]} bits`;
}

/** Null where there are too many values, or some that cannot stand in a list. */
function listedRungs({ dialect }: Exporting, value: Value, edges: readonly number[], counted: Counted): Rung[] | null {
  const { steps, rarest } = valuesByStep(counted, edges);
  const all = steps.flat();
  if (all.length > MOST_LISTED || all.some((one) => one.includes(';'))) return null;
  const raw = (side: 'l' | 'r'): string => dialect.asText(dialect.column(`${counted.raw.name}_${side}`));
  const [left, right] = counted.words === null ? [raw('l'), raw('r')] : [value.l, value.r];
  const rungs = steps.flatMap((values, step): Rung[] => {
    const when = `${dialect.isOneOf(values, left)} or ${dialect.isOneOf(values, right)}`;
    return values.length === 0 ? [] : [{ key: step, label: labelOfStep(edges, step), when }];
  });
  return [...rungs, { key: rarest, label: labelOfStep(edges, rarest), when: 'ELSE' }];
}
