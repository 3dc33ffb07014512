import type { Field } from '../../fields/field.js';
import { coarseOf } from '../../training/correction.js';
import { SqlComparison, type Weighing } from './comparison.js';
import type { Dialect } from './dialect.js';
import { type Exporting, type FieldComparison, levelSql } from './exporting.js';

/** A comparison with its weights. */
export interface Weighed {
  comparison: SqlComparison;
  weigh: (key: number) => Weighing;
}

/** Binary digits after the point: the whole is right to 5e-7 bits. */
const PRECISION = 20;
/** Decimal digits of a packed weight. */
const DECIMALS = 8;

interface Part {
  /** SQL of its bits; `value(f)` is the level of the f-th field comparison, counted from 1. */
  sql: (value: (at: number) => string) => string;
  least: number;
  most: number;
}

/**
 * What the fields say together beyond what each says by itself: two fields' levels at once, and non-matches that look
 * like matches (log2(1 + Σ pairs of the class · Π how much oftener it shows each level than strangers do) is taken off).
 * Splink only adds up, so the sum is worked out in a condition and written in binary: a comparison for each digit.
 * `least` is what the sum is counted from.
 */
export function together(
  exporting: Exporting,
  fields: readonly FieldComparison[],
): { digits: Weighed[]; least: number } {
  const { dialect } = exporting;
  const parts = [...interactions(exporting, fields), ...lookalikes(exporting, fields)];
  if (parts.length === 0) return { digits: [], least: 0 };
  const least = parts.reduce((sum, part) => sum + part.least, 0);
  const most = parts.reduce((sum, part) => sum + part.most, 0);
  // Each step is spoken of once: the engine copies what it finds for every mention.
  const steps = [...new Set(fields.flatMap(({ level }) => level.parts))];
  const found = steps.map(({ name }) => dialect.found(name));
  const bits = dialect.letting('s', found, (step) => {
    const levels = fields.map(({ level }) => levelSql(dialect, level, (part) => step(1 + steps.indexOf(part))));
    return dialect.letting('f', levels, (field) => parts.map(({ sql }) => sql(field)).join(' + '));
  });
  const whole = `round((${bits} - ${double(least)}) * ${2 ** PRECISION})`;
  const count = Math.max(1, Math.ceil(Math.log2((most - least) * 2 ** PRECISION + 1)));
  const digits = Array.from({ length: count }, (_, at): Weighed => {
    const digit = count - 1 - at;
    const worth = 2 ** (digit - PRECISION);
    const says = `What the fields say together beyond each by itself: a number of bits, counted from ${least.toFixed(3)} and written in binary; this digit is ${worth}`;
    const comparison = new SqlComparison(`together_${String(at + 1).padStart(2, '0')}`, says, [
      { key: 1, label: `${worth} bits`, when: `floor(${whole} / ${2 ** digit}) % 2 = 1` },
      { key: 0, label: 'none', when: 'ELSE' },
    ]);
    return { comparison, weigh: (key) => ({ bits: key * worth, u: 0.5 }) };
  });
  return { digits, least };
}

function interactions({ model, dialect }: Exporting, fields: readonly FieldComparison[]): Part[] {
  const place = (field: number): number => 1 + fields.findIndex((one) => one.field === field);
  const coarse = model.fields.map((field) => coarseOf(field as unknown as Field));
  return (model.correction?.interactions ?? []).flatMap(({ a, b, weights }): Part[] => {
    // A field that is left out is one that is missing.
    if (place(a) === 0 || place(b) === 0) return [];
    // "Missing" takes no part.
    const bits = Array.from(weights, (weight, at) =>
      at < coarse[b]!.count || at % coarse[b]!.count === 0 ? 0 : Number(weight.toFixed(DECIMALS)),
    );
    if (bits.every((weight) => weight === 0)) return [];
    const numbers = bits.map((weight) => Math.round(weight * 10 ** DECIMALS));
    const of = (field: number, level: string): string =>
      dialect.packed(Array.from(coarse[field]!.of, (group) => String(group).padStart(2, '0')).join(''), 2, level);
    const sql: Part['sql'] = (value) =>
      `${numbered(dialect, numbers, `${of(a, value(place(a)))} * ${coarse[b]!.count} + ${of(b, value(place(b)))}`)} / 1e${DECIMALS}`;
    return [{ sql, least: Math.min(...bits), most: Math.max(...bits) }];
  });
}

function lookalikes({ model, dialect }: Exporting, fields: readonly FieldComparison[]): Part[] {
  const [, random, ...others] = model.classes;
  if (others.length === 0) return [];
  let highest = 1;
  const terms = others.map(({ pairs, shares }): Part['sql'] => {
    let most = pairs / random!.pairs;
    const factors: ((value: (at: number) => string) => string)[] = [];
    fields.forEach(({ field }, at) => {
      const ratios = model.fields[field]!.levels.map((_, level) =>
        level === 0 ? 1 : shares[field]![level]! / random!.shares[field]![level]!,
      );
      if (ratios.every((ratio) => ratio === 1)) return;
      most *= Math.max(...ratios);
      factors.push((value) => dialect.item(dialect.list(ratios.map(double)), `${value(at + 1)} + 1`));
    });
    highest += most;
    return (value) => [double(pairs / random!.pairs), ...factors.map((factor) => factor(value))].join(' * ');
  });
  return [
    {
      sql: (value) => `(-log2(1 + ${terms.map((term) => term(value)).join(' + ')}))`,
      least: -Math.log2(highest),
      most: 0,
    },
  ];
}

/** The `at`-th of some numbers. Where they are few different ones each is written once: the condition stands in the file many times. */
function numbered(dialect: Dialect, numbers: readonly number[], at: string): string {
  const side = (list: readonly number[]): { text: string; width: number } => {
    const width = Math.max(...list.map((number) => String(number).length));
    return { text: list.map((number) => String(number).padStart(width)).join(''), width };
  };
  const different = [...new Set(numbers)];
  const [all, each, places] = [
    side(numbers),
    side(different),
    side(numbers.map((number) => different.indexOf(number))),
  ];
  return all.text.length <= each.text.length + places.text.length
    ? dialect.packed(all.text, all.width, at)
    : dialect.packed(each.text, each.width, dialect.packed(places.text, places.width, at));
}

/** A number that SQL reads as a double, not as a decimal. */
function double(value: number): string {
  return value.toExponential();
}
