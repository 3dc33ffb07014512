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
    /** Words that stand for nothing: known to prepared columns only. */
    private readonly missing: readonly string[] = [],
  ) {}

  /** In: a name for the made column; SQL made of the raw columns, given how each is written. */
  value(name: string, columns: readonly string[], sql: (at: (column: string) => string) => string): Value {
    const { dialect } = this;
    if (!this.prepared) {
      const on = (side: 'l' | 'r'): string => sql((column) => dialect.column(`${column}_${side}`));
      return { l: on('l'), r: on('r'), column: columns.length === 1 ? columns[0]! : null };
    }
    this.made.set(
      name,
      sql((column) => this.present(column)),
    );
    return this.column(name);
  }

  /** A value made of another. */
  from(name: string, value: Value, sql: (text: string) => string): Value {
    if (!this.prepared) return { l: sql(value.l), r: sql(value.r), column: null };
    // One query makes them all, so each starts from the raw columns.
    this.made.set(name, sql(this.made.get(value.column!)!));
    return this.column(name);
  }

  private present(name: string): string {
    const { dialect, missing } = this;
    const column = dialect.column(name);
    if (missing.length === 0) return column;
    return `case when ${dialect.asText(column)} not in (${missing.map((word) => dialect.text(word)).join(', ')}) then ${column} end`;
  }

  private column(name: string): Value {
    return { l: this.dialect.column(`${name}_l`), r: this.dialect.column(`${name}_r`), column: name };
  }

  /** The query that makes the columns; null where none is needed. `{raw}` and `{prepared}` stand for the tables' names. */
  prepare(): string | null {
    if (this.made.size === 0) return null;
    const lines = [...this.made].map(([name, sql]) => `  ${sql} as ${name}`);
    const create = this.dialect.name === 'duckdb' ? 'create or replace table' : 'create or replace temporary view';
    return `${create} {prepared} as\nselect *,\n${lines.join(',\n')}\nfrom {raw};\n`;
  }
}
