import type { ComparisonSettings } from '../linking/settings.js';
import type { Column, Table } from '../linking/table.js';
import { dateComparator } from './dates.js';
import type { Comparator } from './field.js';
import { nameComparator } from './names.js';
import { placeComparator } from './places.js';
import { valueComparator } from './values.js';

/** The settings' comparisons over a table; postcode and address become one, since they say one thing. */
export function comparatorsFor(table: Table, comparisons: readonly ComparisonSettings[]): Comparator[] {
  const { rows } = table;
  const columnsOf = ({ columns }: ComparisonSettings): Column[] => columns.map((name) => columnNamed(table, name));
  const ofKind = (kind: string): Column[] => comparisons.filter((one) => one.kind === kind).flatMap(columnsOf);
  const made: Comparator[] = [];
  let placed = false;
  for (const one of comparisons) {
    if (one.kind === 'name') made.push(nameComparator(columnsOf(one), rows));
    else if (one.kind === 'date') made.push(dateComparator(columnsOf(one), rows, one.format));
    else if (one.kind === 'postcode' || one.kind === 'address') {
      if (!placed) made.push(placeComparator('address', ofKind('postcode'), ofKind('address'), rows));
      placed = true;
    } else if (one.kind === 'text') made.push(placeComparator('text', [], columnsOf(one), rows));
    else made.push(valueComparator(one.kind, columnsOf(one), rows));
  }
  return made;
}

function columnNamed(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (!found) throw new Error(`no column "${name}"`);
  return found;
}
