import { printable } from '../../telling.js';
import type { TableRead } from '../reading/read-table.js';
import { namesIn } from './choose-id.js';
import { KINDS } from '../settings/kinds.js';
import type { Recognised } from './recognise.js';

/** A table for people: what each column was taken for. */
export function recognisedInWords({ id, comparisons, leftOut }: Recognised, read: TableRead): string[] {
  const asInTheFirst = (name: string): string =>
    read.columns.find((column) => column.name === name)?.called[0].join(' + ') || name;
  const lines: [string, string][] = [
    [namesIn(id)[0] ?? '(row number)', id === null ? 'the id: no column tells the rows apart' : 'the id'],
    ...comparisons.map(({ columns, kind }): [string, string] => [
      columns.map(asInTheFirst).join(' + '),
      `compared as ${KINDS[kind]}`,
    ]),
    ...leftOut.map(({ column, why }): [string, string] => [column, `left out: ${why}`]),
  ];
  const width = Math.min(60, Math.max(...lines.map(([columns]) => columns.length)));
  const [left, right] = namesIn(id);
  const ownIds =
    typeof id === 'string' || left === right ? [] : [`  ${printable(right!)} of the second file is its id`];
  const others = read.columns.flatMap(({ called: [left, right] }): string[] => {
    const [one, other] = [left.join(' + '), right.join(' + ')];
    return left.length === 0 || right.length === 0 || one === other
      ? []
      : [`  ${printable(other)} of the second file is taken for ${printable(one)}`];
  });
  return [
    'Columns were recognised so (a settings file says it otherwise):',
    ...lines.map(([columns, what]) => `  ${printable(columns).padEnd(width)}  ${what}`),
    ...ownIds,
    ...others,
  ];
}
