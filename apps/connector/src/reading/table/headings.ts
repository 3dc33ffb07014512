import { guessByHeading, type FeedName, type FeedMapping, HubError } from '#contracts';
import type { Line } from './table.js';

export interface Headings {
  line: number;
  /** As the file has them; nameless and repeated ones told apart. */
  columns: string[];
  /** How many of them are known. */
  known: number;
}

/**
 * Finds the line of headings: the one with most headings that are known, reports' titles and dates above it passed over.
 * @throws HubError `usage` where there is none
 */
export function findHeadings(feed: FeedName, file: string, lines: Line[], mapping?: FeedMapping): Headings | undefined {
  const wanted = mapping?.headings;
  const chosen = wanted === undefined ? bestLine(feed, lines, mapping) : lines.find(({ line }) => line === wanted);
  if (wanted !== undefined && !chosen)
    throw new HubError(
      'usage',
      `${file}: line ${wanted} is blank or not there; the mapping says the headings stand on it.`,
    );
  if (!chosen) return undefined;
  const columns = ownNames(chosen.cells);
  return { line: chosen.line, columns, known: knownIn(feed, columns, mapping) };
}

function bestLine(feed: FeedName, lines: Line[], mapping?: FeedMapping): Line | undefined {
  let best: { line: Line; known: number } | undefined;
  for (const line of lines) {
    const known = knownIn(feed, line.cells, mapping);
    if (known > (best?.known ?? 0)) best = { line, known };
  }
  if (best && (mapping || best.known >= MANY_ENOUGH)) return best.line;
  // Headings are shown on the screen: a line of data, in a file without headings, must not be taken for one.
  return mapping
    ? undefined
    : lines.find(({ cells }) => cells.length > 1 && cells.every((cell) => isPlainName(feed, cell)));
}

/** A line in which one name is known may be data ("Tenant" is a heading, and a kind of tenant); two hardly. */
const MANY_ENOUGH = 2;

const isPlainName = (feed: FeedName, cell: string) =>
  /^\s*(?:(?:field|column|col|f)[\s_]*\d{0,3})?\s*$/i.test(cell) || guessByHeading(feed, cell)?.how === 'sure';

function knownIn(feed: FeedName, cells: string[], mapping?: FeedMapping): number {
  const places = new Set<string>();
  for (const cell of cells) {
    const name = cell.trim();
    if (name === '' || name.length > 100) continue;
    if (mapping) {
      if (Object.hasOwn(mapping.columns, name)) places.add(name);
    } else {
      const guess = guessByHeading(feed, name);
      if (guess) places.add(guess.path);
    }
  }
  return places.size;
}

/** A second "Telephone" becomes "Telephone 2", so that it does not replace the first; a blank heading gets its number. */
function ownNames(headings: string[]): string[] {
  const seen = new Map<string, number>();
  const given = headings.map((name) => name.replace(/\s+/g, ' ').trim());
  while (given.length > 1 && given.at(-1) === '') given.pop();
  return given.map((heading, index) => {
    const name = heading === '' ? `(column ${index + 1})` : heading;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}
