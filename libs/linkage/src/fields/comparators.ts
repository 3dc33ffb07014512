import type { ComparisonKind, ComparisonSettings } from '../linking/settings.js';
import type { Column, Table } from '../linking/table.js';
import { isOfAnAddress } from './address-numbers.js';
import { recode } from './codes.js';
import { dateComparator } from './dates.js';
import type { Comparator, Compared } from './field.js';
import { nameComparator } from './names.js';
import { placeComparator } from './places.js';
import { valueComparator } from './values.js';

/** Comparators in the order of the settings; postcode and address are one, since they say one thing. */
export function comparatorsFor(table: Table, comparisons: readonly ComparisonSettings[]): Comparator[] {
  const made = plansFor(table, comparisons).map((plan) => built(plan, table.rows));
  return inTheirRoles(made, table.rows);
}

/** What a comparator is built from: enough to build it on another thread. */
export interface ComparatorPlan {
  kind: ComparisonKind;
  columns: Column[];
  /** Of a place: how many of `columns`, from the first, are postcodes, and how many make up each address after them. */
  postcodes: number;
  addresses: number[];
  format?: string;
}

export function plansFor(table: Table, comparisons: readonly ComparisonSettings[]): ComparatorPlan[] {
  const columnsOf = ({ columns, kind }: ComparisonSettings): Column[] =>
    columns.map((name) => shortened(columnNamed(table, name), kind, table.rows));
  const ofKind = (kind: ComparisonKind): Column[][] => comparisons.filter((one) => one.kind === kind).map(columnsOf);
  const plans: ComparatorPlan[] = [];
  let placed = false;
  for (const one of comparisons) {
    if (one.kind !== 'postcode' && one.kind !== 'address') {
      plans.push({
        kind: one.kind,
        columns: columnsOf(one),
        postcodes: 0,
        addresses: [],
        ...(one.format === undefined ? {} : { format: one.format }),
      });
    } else if (!placed) {
      const postcodes = ofKind('postcode').flat();
      const addresses = ofKind('address');
      plans.push({
        kind: 'address',
        columns: [...postcodes, ...addresses.flat()],
        postcodes: postcodes.length,
        addresses: addresses.map(({ length }) => length),
      });
      placed = true;
    }
  }
  return plans;
}

export function built(plan: ComparatorPlan, rows: number): Comparator {
  const { kind, columns, format } = plan;
  if (kind === 'name') return nameComparator(columns, rows);
  if (kind === 'date') return dateComparator(columns, rows, format);
  if (kind === 'address') return placeComparator('address', columns.slice(0, plan.postcodes), addressesOf(plan), rows);
  return kind === 'text' ? placeComparator('text', [], [columns], rows) : valueComparator(kind, columns, rows);
}

/**
 * The first date is a birth date; another (of a tenancy, of death) says something else. A number shared by people who live
 * together is their address's.
 */
export function inTheirRoles<T extends Compared>(comparators: T[], rows: number): T[] {
  const dates = comparators.flatMap(({ fields }) => fields.filter(({ role }) => role === 'date'));
  for (const field of dates.slice(1)) field.role = 'other';
  for (const one of comparators)
    if (one.fields[0]!.role === 'identifier' && isOfAnAddress(one, comparators, rows)) one.fields[0]!.role = 'place';
  return comparators;
}

function addressesOf({ columns, postcodes, addresses }: ComparatorPlan): Column[][] {
  let at = postcodes;
  return addresses.map((length) => columns.slice(at, (at += length)));
}

/** So many letters of a cell are compared: there is no end to comparing a book with a book letter by letter. */
const MOST_LETTERS = { words: 20_000, whole: 500 };

function shortened(column: Column, kind: ComparisonKind, rows: number): Column {
  const most = kind === 'text' || kind === 'address' ? MOST_LETTERS.words : MOST_LETTERS.whole;
  if (!column.values.some(({ length }) => length > most)) return column;
  return recode(column, rows, (text) => (text.length > most ? text.slice(0, most) : text));
}

function columnNamed(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (!found) throw new Error(`the table has no column "${name}"`);
  return found;
}
