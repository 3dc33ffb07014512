import { printable, say } from '../telling.js';
import type { CheckedFile } from './check-file.js';
import { problemTable } from './problem-table.js';
import { summaryLines } from './summary.js';

/** What a file holds: how it was read, a table of problems, counts. @param more further lines for people */
export function tellChecked(checked: CheckedFile, json?: boolean, more: string[] = []): void {
  const { lines: _lines, lineNumbers: _lineNumbers, mapping: _mapping, ...told } = checked;
  say(json, { ...told, good: checked.accepted }, [
    ...checked.notes.map(printable),
    ...(checked.unclearDates.length > 0
      ? [`Day and month cannot be told apart in: ${checked.unclearDates.map(printable).join(', ')}.`]
      : []),
    ...(checked.groups.length > 0 ? [problemTable(checked.groups)] : []),
    ...summaryLines(checked),
    ...more,
  ]);
}
