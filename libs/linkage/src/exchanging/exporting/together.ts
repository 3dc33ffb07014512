import type { Field } from '../../fields/field.js';
import { coarseOf } from '../../training/correction.js';
import { type Rung, SqlComparison, type Weighing } from './comparison.js';
import { type Exporting, type FieldComparison, plainName } from './exporting.js';

/** A comparison with its weights. */
export interface Weighed {
  comparison: SqlComparison<number>;
  weigh: (key: number) => Weighing;
}

/** Bits after the point: the whole is right to 5e-7. */
const PRECISION = 20;
const TOO_SMALL = 1e-9;

/** What two fields say together beyond what each says alone: a comparison for each two, a level for each two levels that say something. */
export function interactions({ model, dialect }: Exporting, fields: readonly FieldComparison[]): Weighed[] {
  const of = (field: number): FieldComparison => fields.find((one) => one.field === field)!;
  return (model.correction?.interactions ?? []).flatMap(({ a, b, weights }): Weighed[] => {
    const coarse = [a, b].map((field) => coarseOf(model.fields[field] as unknown as Field));
    const is = (side: 0 | 1, wanted: number): string => {
      const field = [a, b][side]!;
      const keys = model.fields[field]!.levels.flatMap((_, level) => (coarse[side]!.of[level] === wanted ? [level] : []));
      return of(field).comparison.is(dialect, ...keys);
    };
    const bits: number[] = [];
    const rungs: Rung<number>[] = [];
    for (let x = 1; x < coarse[0]!.count; x++) {
      for (let y = 1; y < coarse[1]!.count; y++) {
        const weight = weights[x * coarse[1]!.count + y]!;
        const [left, right] = [is(0, x), is(1, y)];
        if (Math.abs(weight) < TOO_SMALL || left === '1 = 0' || right === '1 = 0') continue;
        const name = (side: 0 | 1, wanted: number): string => model.fields[[a, b][side]!]!.levels[coarse[side]!.of.indexOf(wanted)]!.name;
        rungs.push({ key: bits.length, label: `${name(0, x)}; ${name(1, y)}`, when: `${left} and ${right}` });
        bits.push(weight);
      }
    }
    if (rungs.length === 0) return [];
    rungs.push({ key: -1, label: 'nothing more', when: 'ELSE' });
    const [p, q] = [model.fields[a]!.name, model.fields[b]!.name];
    const comparison = new SqlComparison(plainName(`${of(a).comparison.name} with ${of(b).comparison.name}`), `What ${p} and ${q} say together beyond each by itself`, rungs);
    return [{ comparison, weigh: (key) => ({ bits: bits[key] ?? 0, u: 0.5 }) }];
  });
}

/**
 * Non-matches that look like matches: log2(1 + Σ pairs of the class · Π how much oftener its pairs show each level than
 * strangers do) is taken off, a sum that Splink, which only adds, cannot make. So its value is worked out in the condition
 * and written in binary: a comparison for each digit.
 */
export function lookalikes({ model, dialect }: Exporting, fields: readonly FieldComparison[]): { digits: Weighed[]; least: number } {
  const [, random, ...others] = model.classes;
  if (others.length === 0) return { digits: [], least: 0 };
  let most = 1;
  const terms = others.map(({ pairs, shares }) => {
    let highest = pairs / random!.pairs;
    const factors = [double(highest)];
    for (const { field, comparison } of fields) {
      const ratio = (level: number): number => (level === 0 ? 1 : shares[field]![level]! / random!.shares[field]![level]!);
      const list = comparison.byNumber(ratio, 1);
      if (list.every((one) => one === 1)) continue;
      highest *= Math.max(...list);
      factors.push(dialect.item(dialect.list(list.map(double)), `cast(${dialect.found(comparison.name)} as int) + 2`));
    }
    most += highest;
    return factors.join(' * ');
  });
  const least = -Math.log2(most);
  const whole = `round((${double(-least)} - log2(1 + ${terms.join(' + ')})) * ${2 ** PRECISION})`;
  const count = Math.ceil(Math.log2((1 - least) * 2 ** PRECISION));
  const digits = Array.from({ length: count }, (_, at): Weighed => {
    const digit = count - 1 - at;
    const bits = 2 ** (digit - PRECISION);
    const says = `${others.map(({ name }) => name).join(', ')}: how much likelier one of these is than strangers, taken off; one number, written in binary, of which this digit counts ${bits} bits`;
    const rungs: Rung<number>[] = [
      { key: 1, label: 'yes', when: `floor(${whole} / ${2 ** digit}) % 2 = 1` },
      { key: 0, label: 'no', when: 'ELSE' },
    ];
    return { comparison: new SqlComparison(`lookalikes_${String(at).padStart(2, '0')}`, says, rungs), weigh: (key) => ({ bits: key * bits, u: 0.5 }) };
  });
  return { digits, least };
}

/** A number that SQL reads as a double, not as a decimal. */
function double(value: number): string {
  return value.toExponential();
}
