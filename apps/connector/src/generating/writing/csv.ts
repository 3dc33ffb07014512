import type { GeneratedFeed, GeneratedRow } from '../rows/row.js';
import { COLUMNS } from './columns.js';

/** A line of comma-separated values (RFC 4180, with LF as most tools write it). Lists and objects become JSON. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

export function csvHeader(feed: GeneratedFeed): string {
  return csvLine(COLUMNS[feed].map((column) => column.name));
}

export function csvRow(feed: GeneratedFeed, row: GeneratedRow): string {
  return csvLine(COLUMNS[feed].map((column) => column.read(row)));
}

/** One cell, quoted where it must be; empty for what is not there. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
