import type { Dialect } from './dialect.js';

/** A record's value in SQL, on the left and on the right of a pair. */
export interface Value {
  l: string;
  r: string;
  /** The plain column that holds it, whose term frequencies Splink can count; null where it is only an expression. */
  column: string | null;
}

/**
 * Values made from the raw columns: as expressions inside each condition, so that the settings run on the raw file as it
 * is, or as columns of their own that a query makes beforehand (faster by far, and their frequencies can be counted).
 */
export class Cleaned {
  private readonly made = new Map<string, string>();

  constructor(
    private readonly dialect: Dialect,
    readonly prepared: boolean,
  ) {}

  /** In: a name for the made column; SQL made of the raw columns, given how each is written. */
  value(name: string, columns: readonly string[], sql: (at: (column: string) => string) => string): Value {
    const { dialect } = this;
    if (this.prepared) {
      this.made.set(
        name,
        sql((column) => dialect.column(column)),
      );
      return { l: dialect.column(`${name}_l`), r: dialect.column(`${name}_r`), column: name };
    }
    const on = (side: 'l' | 'r'): string => sql((column) => dialect.column(`${column}_${side}`));
    return { l: on('l'), r: on('r'), column: columns.length === 1 ? columns[0]! : null };
  }

  /** The query that makes the columns; null where none is needed. `{raw}` and `{prepared}` stand for the tables' names. */
  prepare(): string | null {
    if (this.made.size === 0) return null;
    const lines = [...this.made].map(([name, sql]) => `  ${sql} as ${name}`);
    const start =
      this.dialect.name === 'duckdb'
        ? 'create or replace table {prepared} as'
        : 'create or replace temporary view {prepared} as';
    return `${start}\nselect *,\n${lines.join(',\n')}\nfrom {raw};\n`;
  }
}
