import type { Column } from '../../linking/table.js';
import type { TrainedLevel } from '../../linking/trained-model.js';
import type { Value } from './cleaned.js';
import { type Rung, SqlComparison } from './comparison.js';
import type { Dialect } from './dialect.js';
import { addStep, type Exporting } from './exporting.js';

/** How often a value is there, as the engine counts it. */
export interface Counted {
  /** The raw column, and per row the code of what the engine made of it (0: missing). */
  raw: Column;
  codes: Uint32Array;
  /** Per code its text, where known. */
  words: readonly string[] | null;
}

/** More values than this are not written out one by one. */
const MOST_LISTED = 6_000;

/**
 * The rarity of the commoner of a pair's two values, in steps: every edge of the field's bands parts two. From the
 * frequencies Splink counts where they fall in the same bands as ours, else from a list of values.
 */
export class Rarity {
  private constructor(
    private readonly dialect: Dialect,
    private readonly edges: readonly number[],
    /** Keys: how many edges the rarity is above; −1 where both are missing. */
    readonly step: SqlComparison<number>,
  ) {}

  static of(
    exporting: Exporting,
    field: string,
    name: string,
    value: Value,
    levels: readonly TrainedLevel[],
    counted: Counted | null,
  ): Rarity {
    const { dialect } = exporting;
    const edges = [...new Set(levels.map(({ band }) => band).filter((band) => band > 0))].sort((a, b) => a - b);
    const stepOf = (share: number): number => edges.filter((edge) => -Math.log2(share) >= edge).length;
    const missing: Rung<number> = {
      key: -1,
      label: 'missing',
      when: `${value.l} is null and ${value.r} is null`,
      missing: true,
    };
    const says = `How rare the commoner of both is (${field}); a step on the way, weighs nothing`;
    const make = (rungs: Rung<number>[], frequencies: string[]): Rarity =>
      new Rarity(
        dialect,
        edges,
        addStep(exporting, new SqlComparison(`rarity_${name}`, says, [missing, ...rungs], frequencies)),
      );
    const label = (step: number): string =>
      step === 0
        ? `under ${edges[0]} bits`
        : step === edges.length
          ? `${edges.at(-1)} bits or more`
          : `${edges[step - 1]} to ${edges[step]} bits`;

    const listed =
      counted === null || exporting.cleaned.prepared || agrees(counted, stepOf) ? null : valuesByStep(counted, stepOf);
    if (listed !== null && listed.some((values) => values.length > 0) && listed.flat().length <= MOST_LISTED &&
      !listed.flat().some((one) => one.includes(';'))) {
      const [left, right] =
        counted!.words === null
          ? [dialect.column(`${counted!.raw.name}_l`), dialect.column(`${counted!.raw.name}_r`)]
          : [value.l, value.r];
      const rungs = listed.flatMap((values, step): Rung<number>[] => {
        const when = `${dialect.isOneOf(values, left)} or ${dialect.isOneOf(values, right)}`;
        return values.length === 0 ? [] : [{ key: step, label: label(step), when }];
      });
      const rarest = stepOf(
        1 /
          Math.max(
            1,
            counted!.codes.reduce((sum, code) => sum + Number(code !== 0), 0),
          ),
      );
      return make([...rungs, { key: rarest, label: label(rarest), when: 'ELSE' }], []);
    }
    if (value.column === null) {
      exporting.notExpressed.push({
        field,
        level: null,
        why: 'how rare a value is cannot be counted, since it is made of several columns or stands among others in one; all count as common (give the rows, or make the columns beforehand)',
      });
      return make([{ key: 0, label: label(0), when: 'ELSE' }], []);
    }
    if (listed !== null)
      exporting.notExpressed.push({
        field,
        level: null,
        why: 'rarity is counted over the column as it is written, not over what the engine makes of it; bands may be one off',
      });
    const [l, r] = [dialect.column(`tf_${value.column}_l`), dialect.column(`tf_${value.column}_r`)];
    const rungs = edges.map((edge, step): Rung<number> => ({
      key: step,
      label: label(step),
      when: `greatest(coalesce(${l}, 0), coalesce(${r}, 0)) > ${2 ** -edge}`,
    }));
    return make([...rungs, { key: edges.length, label: label(edges.length), when: 'ELSE' }], [value.column]);
  }

  /** SQL: the rarity lies in this level's band. */
  within(level: TrainedLevel, group: readonly TrainedLevel[]): string {
    const keys = Array.from({ length: this.edges.length + 1 }, (_, step) => step).filter(
      (step) => this.bandOf(step, group) === level,
    );
    return this.step.is(this.dialect, ...keys);
  }

  /** The level of a group of bands that a step falls in. */
  bandOf(step: number, group: readonly TrainedLevel[]): TrainedLevel {
    const lower = step <= 0 ? 0 : this.edges[step - 1]!;
    return group.findLast(({ band }) => band <= lower) ?? group[0]!;
  }
}

/** Whether counting the raw column puts every value into the step the engine does. */
function agrees({ raw, codes }: Counted, stepOf: (share: number) => number): boolean {
  const written = new Float64Array(raw.values.length);
  const counts = new Map<number, number>();
  let [present, all] = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    if (raw.codes[row] !== 0) {
      all++;
      written[raw.codes[row]!]!++;
    }
    if (codes[row] === 0) continue;
    present++;
    counts.set(codes[row]!, (counts.get(codes[row]!) ?? 0) + 1);
  }
  const seen = new Uint8Array(raw.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = raw.codes[row]!;
    if (seen[value] === 1 || codes[row] === 0) continue;
    seen[value] = 1;
    if (stepOf(counts.get(codes[row]!)! / Math.max(present, 2)) !== stepOf(written[value]! / all)) return false;
  }
  return true;
}

/** The values that are commoner than one seen once, by step. */
function valuesByStep({ raw, codes, words }: Counted, stepOf: (share: number) => number): string[][] {
  const counts = new Map<number, number>();
  for (const code of codes) if (code !== 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  const present = Math.max(
    2,
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  );
  const rarest = stepOf(1 / present);
  const texts = new Map<number, Set<string>>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code === 0 || stepOf(counts.get(code)! / present) === rarest) continue;
    const known = texts.get(code);
    if (known === undefined) texts.set(code, new Set([words === null ? raw.values[raw.codes[row]!]! : words[code]!]));
    else if (words === null) known.add(raw.values[raw.codes[row]!]!);
  }
  const steps: string[][] = Array.from({ length: rarest }, () => []);
  for (const [code, found] of texts) steps[stepOf(counts.get(code)! / present)]!.push(...found);
  return steps;
}
