import type { FeedMapping } from '#contracts';
import type { CheckedTable } from './checked-table.js';
import type { Table } from './csv-table.js';

/** Places that may tell where somebody is. */
const WHERE = /addresses|area|location|lines|town|postcode|uprn|school|livesWith/i;

/**
 * A row's cells as they may be shown on the screen or saved: where a confidential address was dropped from the row, every cell that may
 * hold a part of it is blank (product.md, rule 5: not on screens, not in exports), those of columns that are not sent too.
 */
export function cellsToShow(
  table: Table,
  mapping: FeedMapping,
  checked: Pick<CheckedTable, 'confidentialRows'>,
  index: number,
): string[] {
  const { cells } = table.rows[index]!;
  const own = table.headings.map((_, column) => cells[column] ?? '');
  if (!checked.confidentialRows.has(index)) return own;
  return own.map((cell, column) => {
    const to = mapping.columns[table.headings[column]!] ?? [];
    return to.length === 0 || to.some((path) => WHERE.test(path)) || /^\s*[[{]/.test(cell) ? '' : cell;
  });
}
