import type { Line, LineSource } from './table.js';

/** Headings stand among these first lines with something in them, or nowhere. */
const LOOKED_AT = 40;

/** The first lines with something in them. */
export async function firstLines(source: LineSource): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of source.lines()) {
    if (line.cells.some((cell) => cell.trim() !== '')) lines.push(line);
    if (lines.length >= LOOKED_AT) break;
  }
  return lines;
}
