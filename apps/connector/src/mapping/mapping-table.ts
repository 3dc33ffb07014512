import { targetWords, type ColumnGuess, type MissingField } from '#contracts';
import Table from 'cli-table3';
import { printable } from '../telling.js';

const SURE: Record<ColumnGuess['sure'], string> = {
  given: 'as you said',
  sure: 'sure',
  likely: 'likely',
  guess: 'check this',
  'not-sent': 'not sent',
};

/** The columns of a file and what each is taken for. Headings and fields only, never a value. */
export function mappingTable(columns: ColumnGuess[]): string {
  const table = new Table({
    head: ['column', 'field', 'how sure', ''],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [28, 42, 13, 44],
  });
  for (const { column, to, sure, why } of columns)
    table.push([
      printable(column).slice(0, 100),
      to.length === 0 ? '–' : to.map((path) => `${targetWords(path)} (${path})`).join('\n'),
      SURE[sure],
      why ?? '',
    ]);
  return table.toString();
}

/** What no column fills, and which one may be meant. */
export function missingWords({ path, words, likely }: MissingField): string {
  const hint = likely === undefined ? '' : ` Perhaps the column "${printable(likely)}".`;
  const fixed = /^(?:role|known|requestRef)$/.test(path)
    ? ` If it is the same in every row, say it in the mapping: "fixed": {"${path}": "…"}.`
    : '';
  return `${words} (${path}) is needed, and no column is it.${hint}${fixed}`;
}
