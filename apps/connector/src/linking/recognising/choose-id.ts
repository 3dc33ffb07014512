import { rangesOf } from '../reading/row-ids.js';
import type { TableRead } from '../reading/read-table.js';
import type { Seen } from './columns.js';

/** Codes that a system gives: `r000017`, `A-12/3`, 4711; no dates, no words. */
const LOOKS_LIKE_A_CODE = 0.95;

/**
 * The column that tells the rows apart: every row has a value, and no two the same. One that is called an id and fails
 * by a few rows is taken nevertheless: then reading says which rows are wrong.
 * @returns null when there is none: rows are called by their numbers
 */
export function chooseId(read: TableRead, columns: Seen[], type: 'dedupe' | 'link'): Seen | null {
  const everywhere = columns.filter(({ name }) => read.files.every((_, i) => read.has(name, i)));
  const named = everywhere.filter(({ heading }) => heading.role === 'recordId' && !heading.ofOthers);
  const sure = named.find((seen) => tellsApart(read, seen, type));
  if (sure) return sure;
  const meant = named.find(
    ({ content: { present, distinct, rows } }) => present > 0 && distinct >= rows / read.files.length / 2,
  );
  if (meant) return meant;
  const byContent = everywhere.filter(
    ({ heading, content: { shares } }) =>
      (heading.role === null || heading.role === 'recordId') && shares.code >= LOOKS_LIKE_A_CODE && shares.date < 0.5,
  );
  const like = byContent.filter(({ name }) => /(id|ref|reference|number|no|key|code)$/i.test(name));
  return [...like, ...byContent.slice(0, 1)].find((seen) => tellsApart(read, seen, type)) ?? null;
}

function tellsApart(read: TableRead, { column, content }: Seen, type: 'dedupe' | 'link'): boolean {
  if (content.present < content.rows || content.rows === 0) return false;
  if (type === 'dedupe') return content.distinct === content.rows;
  return rangesOf(read).every(({ from, to }) => {
    const seen = new Uint8Array(content.distinct + 1);
    for (let row = from; row < to; row++) {
      const code = column.codes[row]!;
      if (seen[code]) return false;
      seen[code] = 1;
    }
    return true;
  });
}
