import { stringify } from 'csv-stringify/sync';
import type { CheckedFile } from '../checking/check-file.js';
import { columnOf } from '../receipts/places.js';

/**
 * What is wrong with a file, for a spreadsheet beside it: where, and what to do; no value of the file is in it, and nothing a
 * spreadsheet would run.
 * @param whole what is wrong with the file as a whole, where something is
 */
export function failureReport(
  checked: Pick<CheckedFile, 'problems' | 'fieldProblems' | 'mapping'> | null,
  whole?: { code: string; message: string },
): string {
  const { problems = [], fieldProblems = [], mapping = {} } = checked ?? {};
  const rows = [...problems, ...fieldProblems].flatMap(({ line, errors }) =>
    errors.map(({ path, code, message }) => [line, path, columnOf(mapping, path), code, message]),
  );
  const first = whole ? [['', '', '', whole.code, whole.message]] : [];
  return stringify([['line', 'field', 'column', 'code', 'message'], ...first, ...rows], { escape_formulas: true });
}
