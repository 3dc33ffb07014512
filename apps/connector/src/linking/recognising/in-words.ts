import { printable } from '../../telling.js';
import type { TableRead } from '../reading/read-table.js';
import { KINDS } from '../settings/kinds.js';
import type { Recognised } from './recognise.js';

/** A table for people: what each column was taken for. */
export function recognisedInWords({ id, comparisons, leftOut }: Recognised, read: TableRead): string[] {
  const lines: [string, string][] = [
    [id ?? '(row number)', id === null ? 'the id: no column tells the rows apart' : 'the id'],
    ...comparisons.map(({ columns, kind }): [string, string] => [columns.join(' + '), `compared as ${KINDS[kind]}`]),
    ...leftOut.map(({ column, why }): [string, string] => [column, `left out: ${why}`]),
  ];
  const width = Math.min(60, Math.max(...lines.map(([columns]) => columns.length)));
  const others = read.files.slice(1).flatMap(({ header }, i) =>
    header.flatMap((name): string[] => {
      const column = read.columnOf(name, i + 1)!;
      return column.name === name
        ? []
        : [`  ${printable(name)} of the second file is taken for ${printable(column.name)}`];
    }),
  );
  return [
    'Columns were recognised so (a settings file says it otherwise):',
    ...lines.map(([columns, what]) => `  ${printable(columns).padEnd(width)}  ${what}`),
    ...others,
  ];
}
