import { printable } from '../../telling.js';
import { KINDS } from '../settings/kinds.js';
import type { Recognised } from './recognise.js';

/** A table for people: what each column was taken for. */
export function recognisedInWords({ id, comparisons, leftOut }: Recognised): string[] {
  const lines: [string, string][] = [
    [id ?? '(row number)', id === null ? 'the id: no column tells the rows apart' : 'the id'],
    ...comparisons.map(({ columns, kind }): [string, string] => [columns.join(' + '), `compared as ${KINDS[kind]}`]),
    ...leftOut.map(({ column, why }): [string, string] => [column, `left out: ${why}`]),
  ];
  const width = Math.min(60, Math.max(...lines.map(([columns]) => columns.length)));
  return ['Columns were recognised so (a settings file says it otherwise):', ...lines.map(([columns, what]) => `  ${printable(columns).padEnd(width)}  ${what}`)];
}
