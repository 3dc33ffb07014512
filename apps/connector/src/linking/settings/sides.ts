import type { ComparisonSettings } from '#linkage';
import { LinkError } from '../link-error.js';
import { nameOfSides, pairedColumn, type Sides } from '../reading/paired-columns.js';
import type { ReadColumn } from '../reading/read-column.js';
import type { TableRead } from '../reading/read-table.js';
import type { IdColumns } from '../recognising/choose-id.js';
import { refuseLacking } from './resolve-settings.js';
import type { ColumnSetting, SettingsFile } from './settings-file.js';

/** Columns that settings name for each of two files. @throws LinkError `usage` where a file has none of that name */
export function sidesIn(given: SettingsFile, read: TableRead): Sides[] {
  const pairs = (given.comparisons ?? []).flatMap(({ columns, kind }) =>
    columns.flatMap((column) => (typeof column === 'string' ? [] : [sidesOf(column, kind)])),
  );
  const ids = typeof given.id === 'object' ? [{ left: [given.id[0]], right: [given.id[1]] }] : [];
  if (pairs.length + ids.length > 0 && read.files.length < 2)
    throw new LinkError('usage', 'the settings name a column twice, for a left file and a right: there is one file.');
  for (const [i, { file, header }] of read.files.entries()) {
    const named = [...pairs, ...ids].flatMap(({ left, right }) => (i === 0 ? left : right));
    refuseLacking(
      file,
      header,
      [...new Set(named)].filter((heading) => !header.includes(heading)),
    );
  }
  const different = [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
  const called = different.map(nameOfSides);
  const twice = called.find((name, at) => called.indexOf(name) < at);
  if (twice !== undefined)
    throw new LinkError('usage', `the settings pair the column ${JSON.stringify(twice)} with more than one.`);
  return different;
}

/** Comparisons as the engine takes them, when `sidesIn` has been paired. */
export function comparisonsIn(given: SettingsFile | null): ComparisonSettings[] | undefined {
  return given?.comparisons?.map((one) => ({
    ...one,
    columns: one.columns.map((column) =>
      typeof column === 'string' ? column : nameOfSides(sidesOf(column, one.kind)),
    ),
  })) as ComparisonSettings[] | undefined;
}

/** Settings that name for each of two files what it calls a column, where that differs. */
export function withSides(comparisons: readonly ComparisonSettings[], read: TableRead): ComparisonSides[] {
  return comparisons.map((one) => ({ ...one, columns: one.columns.map((name) => sideOf(name, read)) }));
}

/** A comparison as settings write it. */
export type ComparisonSides = Omit<ComparisonSettings, 'columns'> & { columns: ColumnSetting[] };

function sideOf(name: string, read: TableRead): ColumnSetting {
  const column = read.columns.find((one) => one.name === name);
  const [left, right] = column?.called ?? [[], []];
  if (left.length === 0 || right.length === 0 || (left.length === 1 && right.length === 1 && left[0] === right[0]))
    return name;
  return [oneOrMore(left), oneOrMore(right)];
}

/** The column of the ids. */
export function idColumn(id: IdColumns, read: TableRead): ReadColumn {
  return typeof id === 'string'
    ? read.columns.find(({ name }) => name === id)!
    : pairedColumn(read, { left: [id[0]], right: [id[1]] });
}

/** How settings name the column of the ids. */
export function idSetting(id: IdColumns, read: TableRead): IdColumns {
  const [left, right] = idColumn(id, read).called;
  return left.length === 1 && right.length === 1 && left[0] !== right[0] ? [left[0]!, right[0]!] : id;
}

function sidesOf([left, right]: Exclude<ColumnSetting, string>, kind: ComparisonSettings['kind']): Sides {
  return { left: [left].flat(), right: [right].flat(), joint: kind === 'date' ? '-' : ' ' };
}

function oneOrMore(headings: string[]): string | string[] {
  return headings.length === 1 ? headings[0]! : headings;
}
