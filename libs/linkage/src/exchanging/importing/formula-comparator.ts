import type { Atom, Comparator, Field } from '../../fields/field.js';
import { MISSING, plain } from '../../fields/field.js';
import { PairCache } from '../../fields/pair-cache.js';
import type { Column, Table } from '../../linking/table.js';
import { type CompiledComparison, compileComparison, isElse, type NotUnderstoodLevel } from './compiled-comparison.js';
import type { Value } from './sql-functions.js';
import type { SplinkModel } from './splink-model.js';
import { shares, tupleCodes } from './tuple-codes.js';

/** One comparison made ready for a table. */
interface Ready {
  compiled: CompiledComparison;
  /** Per condition the level it stands for: 0 for a null level, else its place among the others, from 1. */
  levels: number[];
  /** Per level Splink's number of it. */
  numbers: number[];
  codes: Uint32Array;
  firstRow: number[];
  cache: PairCache;
  byFound: Map<string, number>;
  read: ((row: number) => Value)[];
}

/**
 * The comparisons of an imported Splink model over a table: a field each, level 0 where its null level holds (or no
 * level does), then the others in Splink's order. Left and right are as the pairs say: conditions need not be symmetric.
 */
export class FormulaComparator implements Comparator {
  readonly kind = 'exact';
  readonly columns: string[];
  readonly fields: Field[];
  readonly atoms: Atom[];
  readonly notUnderstood: NotUnderstoodLevel[] = [];
  private readonly ready: Ready[];

  constructor(
    readonly model: SplinkModel,
    table: Table,
  ) {
    const columnNamed = (name: string): Column | undefined =>
      table.columns.find((column) => column.name === name) ??
      table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
    const names = model.comparisons.map(({ name }) => name);
    this.ready = model.comparisons.map((comparison, at) => {
      const hasColumn = (name: string): boolean => columnNamed(name) !== undefined;
      const compiled = compileComparison(comparison, model.dialect, names.slice(0, at), hasColumn, this.notUnderstood);
      const used = [...new Set(compiled.values.map((value) => columnOfName(value, columnNamed)))];
      const weighing = comparison.levels.filter(({ isNull }) => !isNull);
      return {
        compiled,
        levels: comparison.levels.map((level) => (level.isNull ? 0 : 1 + weighing.indexOf(level))),
        numbers: [-1, ...weighing.map((_, place) => weighing.length - 1 - place)],
        ...tupleCodes(used, table.rows),
        cache: new PairCache(1 << 12),
        byFound: new Map<string, number>(),
        read: compiled.values.map((value) => readerOf(value, columnNamed)),
      };
    });
    this.fields = model.comparisons.map(({ name, levels }) => ({
      name,
      role: 'other',
      levels: [MISSING, ...levels.filter(({ isNull }) => !isNull).map(({ label }) => plain(label))],
    }));
    const used = new Set(
      this.ready.flatMap(({ compiled }) => compiled.values.map((value) => columnOfName(value, columnNamed))),
    );
    this.columns = [...used].map(({ name }) => name);
    this.atoms = [...used].map(({ name, codes }) => ({ name, family: name, codes }));
  }

  /** Whether a condition that weighs, other than "else", can be read. */
  get saysAnything(): boolean {
    return this.ready.some(({ compiled, levels }, c) =>
      compiled.conditions.some(
        (condition, at) =>
          condition !== null && levels[at] !== 0 && !isElse(this.model.comparisons[c]!.levels[at]!.condition),
      ),
    );
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    const found = new Array<number>(this.ready.length).fill(-1);
    for (let k = 0, to = offset; k < count; k++, to += stride) {
      this.ready.forEach((ready, at) => {
        const level =
          ready.compiled.looksUp.length > 0
            ? this.lookingUp(ready, left[k]!, right[k]!, found)
            : this.remembered(ready, left[k]!, right[k]!, found);
        out[to + at] = level;
        found[at] = ready.numbers[level]!;
      });
    }
  }

  private remembered(ready: Ready, i: number, j: number, found: number[]): number {
    const { cache, codes, firstRow } = ready;
    const [a, b] = [codes[i]!, codes[j]!];
    const place = cache.place(a, b);
    const known = cache.get(place);
    if (known !== 0) return known - 1;
    const level = levelOf(ready, firstRow[a]!, firstRow[b]!, found);
    cache.set(place, a, b, level + 1);
    return level;
  }

  private lookingUp(ready: Ready, i: number, j: number, found: number[]): number {
    let key = `${ready.codes[i]!} ${ready.codes[j]!}`;
    for (const place of ready.compiled.looksUp) key += ` ${found[place]!}`;
    let level = ready.byFound.get(key);
    if (level === undefined) {
      level = levelOf(ready, i, j, found);
      if (ready.byFound.size > 500_000) ready.byFound.clear();
      ready.byFound.set(key, level);
    }
    return level;
  }
}

function levelOf({ compiled, levels, read }: Ready, i: number, j: number, found: number[]): number {
  const values = compiled.values.map((name, at) => read[at]!(/_l$/i.test(name) ? i : j));
  const pair = { values, found };
  const hit = compiled.conditions.findIndex((condition) => condition !== null && condition(pair) === true);
  return hit === -1 ? 0 : levels[hit]!;
}

function columnOfName(value: string, columnNamed: (name: string) => Column | undefined): Column {
  const whole = value.replace(/_[lr]$/i, '');
  return columnNamed(whole) ?? columnNamed(whole.replace(/^tf_/i, ''))!;
}

/** Reads `<column>_l`, or for `tf_<column>_l` the share of rows with the value; null where it is missing. */
function readerOf(value: string, columnNamed: (name: string) => Column | undefined): (row: number) => Value {
  const column = columnOfName(value, columnNamed);
  const { values, codes } = column;
  if (columnNamed(value.replace(/_[lr]$/i, '')) !== undefined)
    return (row) => (codes[row] === 0 ? null : values[codes[row]!]!);
  const frequency = shares(column);
  return (row) => (codes[row] === 0 ? null : frequency[codes[row]!]!);
}
