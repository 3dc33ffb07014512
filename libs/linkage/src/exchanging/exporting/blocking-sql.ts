import { nameParts } from './name-data.js';
import type { Exporting } from './exporting.js';

export interface SplinkBlockingRule {
  blocking_rule: string;
  sql_dialect: 'duckdb' | 'spark';
}

/**
 * Which pairs Splink is to look at. The engine chooses its own by what it finds in the data, some of which SQL cannot
 * say; these are what a user of Splink would write for such columns. In: lists of columns that must all agree, if given.
 */
export function blockingRules(
  { model, dialect }: Exporting,
  wanted: readonly (readonly string[])[] | null,
): SplinkBlockingRule[] {
  const same = (column: string): string => `l.${dialect.column(column)} = r.${dialect.column(column)}`;
  const start = (column: string): string =>
    `substr(l.${dialect.column(column)}, 1, 1) = substr(r.${dialect.column(column)}, 1, 1)`;
  const rule = (...conditions: string[]): SplinkBlockingRule => ({
    blocking_rule: conditions.join(' and '),
    sql_dialect: dialect.name,
  });
  if (wanted !== null) return wanted.map((columns) => rule(...columns.map(same)));
  const rules = model.comparisons.flatMap(({ kind, columns }): SplinkBlockingRule[] => {
    if (kind === 'name') {
      const parts = nameParts(columns);
      const [given, surname, full] = (['given', 'surname', 'full'] as const).map(
        (part) => columns[parts.indexOf(part)],
      );
      if (full !== undefined) return [rule(same(full))];
      if (given === undefined || surname === undefined) return columns.map((column) => rule(same(column)));
      return [
        rule(same(surname), start(given)),
        rule(same(given), start(surname)),
        rule(
          `l.${dialect.column(given)} = r.${dialect.column(surname)}`,
          `l.${dialect.column(surname)} = r.${dialect.column(given)}`,
        ),
      ];
    }
    if (kind === 'date' && columns.length >= 3) return [rule(...columns.map(same))];
    return kind === 'date' || kind === 'identifier' || kind === 'email' || kind === 'phone' || kind === 'postcode'
      ? columns.map((column) => rule(same(column)))
      : [];
  });
  return rules.length > 0 ? rules : model.comparisons.map(({ columns }) => rule(...columns.map(same)));
}
