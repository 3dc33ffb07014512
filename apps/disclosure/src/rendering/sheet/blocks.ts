import { INK, PAGE, WIDTH, type Sheet, type Style } from './sheet.js';

export const BODY: Style = { size: 9 };
export const QUIET: Style = { size: 8, color: INK.quiet };
const HEAD: Style = { size: 8, bold: true };
const PAD = 5;

/** A heading that stays with what follows it. @param follows points that must fit under it on the same page */
export function heading(sheet: Sheet, text: string, level: 1 | 2 | 3, follows = 48): void {
  const style = { size: { 1: 19, 2: 12.5, 3: 10 }[level], bold: true };
  const height = sheet.height(text, WIDTH, style);
  const before = { 1: 0, 2: 14, 3: 8 }[level];
  if (!sheet.room(before + height + follows) && sheet.y > PAGE.top) sheet.y += before;
  sheet.paragraph(text, style, { after: level === 1 ? 4 : 3 });
  if (level === 2) {
    sheet.rule({ weight: 1.25, color: INK.text });
    sheet.y += 6;
  }
}

export interface Column {
  title: string;
  /** points; the last column takes what is left */
  width: number;
  align?: 'left' | 'right';
  bold?: boolean;
}

export interface TableOptions {
  /** without titles there is no head row */
  head?: boolean;
  /** rows that are a band over the whole width, by index */
  bands?: ReadonlyMap<number, string>;
}

/**
 * A table with hairlines between its rows. A row that does not fit goes to the next page whole; one taller than a page is cut between
 * lines. The head row is drawn again on every page.
 */
export function table(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): void {
  const widths = fitted(columns);
  const { head = true, bands } = options;
  const drawHead = () => {
    if (!head) return;
    const titles = columns.map((column, i) => sheet.lines(column.title, widths[i]! - PAD * 2, HEAD));
    const height = Math.max(...titles.map((lines) => lines.length)) * sheet.lineHeight(HEAD) + PAD * 1.6;
    sheet.fill(PAGE.left, sheet.y, WIDTH, height, INK.tint);
    cells(sheet, columns, widths, titles, () => HEAD, PAD * 0.8);
    sheet.y += height;
    sheet.rule({ color: INK.text, weight: 0.75 });
  };
  sheet.room(60);
  drawHead();
  const before = sheet.onNewPage;
  sheet.onNewPage = drawHead;
  rows.forEach((row, index) => {
    const band = bands?.get(index);
    if (band !== undefined) drawBand(sheet, band);
    drawRow(sheet, columns, widths, row);
  });
  sheet.onNewPage = before;
  sheet.y += 4;
}

function fitted(columns: readonly Column[]): number[] {
  const fixed = columns.slice(0, -1).map(({ width }) => width);
  return [...fixed, WIDTH - fixed.reduce((sum, width) => sum + width, 0)];
}

function drawRow(sheet: Sheet, columns: readonly Column[], widths: readonly number[], row: readonly string[]): void {
  const styleOf = (column: Column): Style => ({ ...BODY, bold: column.bold ?? false });
  let left = columns.map((column, i) => sheet.lines(row[i] ?? '', widths[i]! - PAD * 2, styleOf(column)));
  const line = sheet.lineHeight(BODY);
  const tallest = () => Math.max(...left.map((lines) => lines.length));
  if (tallest() * line <= sheet.bottom - PAGE.top - 60) sheet.room(tallest() * line + PAD * 1.4);
  while (tallest() > 0) {
    if (sheet.y + line + PAD * 1.4 > sheet.bottom) sheet.newPage();
    const fits = Math.max(1, Math.floor((sheet.bottom - sheet.y - PAD * 1.4) / line));
    const now = left.map((lines) => lines.slice(0, fits));
    cells(sheet, columns, widths, now, styleOf, PAD * 0.7);
    sheet.y += Math.max(...now.map((lines) => lines.length)) * line + PAD * 1.4;
    left = left.map((lines) => lines.slice(fits));
  }
  sheet.rule({ color: INK.hair, weight: 0.5 });
}

function cells(
  sheet: Sheet,
  columns: readonly Column[],
  widths: readonly number[],
  texts: readonly string[][],
  styleOf: (column: Column) => Style,
  top: number,
): void {
  let x: number = PAGE.left;
  columns.forEach((column, i) => {
    const align = column.align ?? 'left';
    sheet.put(texts[i] ?? [], x + PAD, sheet.y + top, widths[i]! - PAD * 2, { ...styleOf(column), align });
    x += widths[i]!;
  });
}

function drawBand(sheet: Sheet, text: string): void {
  const style: Style = { size: 10, bold: true };
  const height = sheet.lineHeight(style) + PAD * 1.8;
  sheet.room(height + 40);
  sheet.put([text], PAGE.left + PAD, sheet.y + PAD * 1.2, WIDTH - PAD * 2, style);
  sheet.y += height;
  sheet.rule({ color: INK.text, weight: 0.75 });
}

/**
 * The box that must not be missed: a heavy frame with a black title, readable in black and white. Rows are a label and what it says;
 * a row without a label is a sentence.
 */
export function safetyBox(sheet: Sheet, title: string, rows: readonly (readonly [string, string])[]): void {
  const inset = 10;
  const labelWidth = 128;
  const full = WIDTH - inset * 2;
  const body: Style = { size: 9.5 };
  const laid = rows.map(([label, text]) => ({
    label: sheet.lines(label, labelWidth - 8, { ...body, bold: true }),
    text: sheet.lines(text, label ? full - labelWidth : full, body),
  }));
  const rowHeight = (row: (typeof laid)[number]) =>
    Math.max(row.label.length, row.text.length) * sheet.lineHeight(body) + 5;
  const bar = 20;
  const height = bar + 8 + laid.reduce((sum, row) => sum + rowHeight(row), 0) + 4;
  sheet.room(height + 6);
  const top = sheet.y;
  sheet.fill(PAGE.left, top, WIDTH, bar, INK.text);
  sheet.put([title], PAGE.left + inset, top + 4.5, full, { size: 9.5, bold: true, color: INK.paper });
  sheet.y = top + bar + 8;
  laid.forEach((row, i) => {
    const labelled = rows[i]![0] !== '';
    if (labelled) sheet.put(row.label, PAGE.left + inset, sheet.y, labelWidth, { ...body, bold: true });
    sheet.put(row.text, PAGE.left + inset + (labelled ? labelWidth : 0), sheet.y, full, body);
    sheet.y += rowHeight(row);
  });
  sheet.y = Math.min(top + height, sheet.bottom);
  sheet.doc
    .rect(PAGE.left, top, WIDTH, sheet.y - top)
    .lineWidth(2)
    .strokeColor(INK.text)
    .stroke();
  sheet.y += 10;
}
