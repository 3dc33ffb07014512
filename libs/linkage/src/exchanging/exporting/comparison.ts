import type { Dialect } from './dialect.js';

/** A level of a Splink comparison; the first whose condition holds is the pair's. */
export interface Rung {
  key: number;
  label: string;
  /** SQL; 'ELSE' for the last. */
  when: string;
  /** Splink's null level: it weighs nothing. */
  missing?: true;
}

/** Weight in bits, and the share of random pairs it is shown with. */
export interface Weighing {
  bits: number;
  u: number;
}

/**
 * One Splink comparison in the making. Some carry a field's weights; others ("steps on the way") only find something out
 * once, that later ones look up.
 */
export class SqlComparison {
  constructor(
    readonly name: string,
    readonly says: string,
    readonly rungs: readonly Rung[],
    /** Columns whose term frequencies conditions speak of: Splink joins them where a level names them. */
    readonly frequencies: readonly string[] = [],
  ) {}

  /** Per rung the number Splink gives it: −1 for missing, others count down to 0. */
  numbers(): number[] {
    let next = this.rungs.filter(({ missing }) => !missing).length;
    return this.rungs.map(({ missing }) => (missing ? -1 : --next));
  }

  /** SQL that is true for pairs with one of these keys; for a later comparison's condition. */
  is(dialect: Dialect, ...keys: number[]): string {
    const numbers = this.numbers();
    const wanted = [...new Set(this.rungs.flatMap(({ key }, at) => (keys.includes(key) ? [numbers[at]!] : [])))];
    if (wanted.length === 0) return '1 = 0';
    const found = dialect.found(this.name);
    return wanted.length === 1 ? `${found} = ${wanted[0]}` : `${found} in (${wanted.join(', ')})`;
  }

  /** Per number from −1 up what `of` says of the rung that has it; `otherwise` where none has (no null level). */
  byNumber<T>(of: (key: number) => T, otherwise: T): T[] {
    const numbers = this.numbers();
    const list: T[] = new Array<T>(Math.max(...numbers) + 2).fill(otherwise);
    numbers.forEach((number, at) => (list[number + 1] = of(this.rungs[at]!.key)));
    return list;
  }

  /** As it stands in a settings file. */
  settings(weigh: (key: number) => Weighing): SplinkComparison {
    let waiting = [...this.frequencies];
    const levels = this.rungs.map(({ key, label, when, missing }): SplinkLevel => {
      // A frequency joined on a null level never adds to a weight.
      if (missing) {
        const [column, ...others] = waiting;
        waiting = others;
        return {
          sql_condition: when,
          label_for_charts: label,
          is_null_level: true,
          ...(column === undefined ? {} : { tf_adjustment_column: column }),
        };
      }
      return { sql_condition: when, label_for_charts: label, ...shown(weigh(key)) };
    });
    return { output_column_name: this.name, comparison_description: this.says, comparison_levels: levels };
  }
}

export const steps = (): Weighing => ({ bits: 0, u: 0.5 });

export interface SplinkLevel {
  sql_condition: string;
  label_for_charts: string;
  m_probability?: number;
  u_probability?: number;
  is_null_level?: true;
  tf_adjustment_column?: string;
}

export interface SplinkComparison {
  output_column_name: string;
  comparison_description: string;
  comparison_levels: SplinkLevel[];
}

/** A weight as two shares of at most 1 (Splink refuses shares below 1e-300). */
function shown({ bits, u }: Weighing): { m_probability: number; u_probability: number } {
  const ratio = 2 ** bits;
  const scale = Math.min(1, 1 / (u * ratio));
  return { m_probability: u * scale * ratio, u_probability: u * scale };
}
