import { targetWords } from './targets.js';

/** Codes of what is wrong with a cell before any feed is asked, and what each means. */
export const CELL_PROBLEM_CODES = {
  ambiguous_date: 'a date like 01/02/2026 in a column that does not show which number is the day',
  ambiguous_century: 'a birth year of two digits that could be in either century',
  invalid_date: 'no date that can be read',
  two_people: 'two people in one cell',
  spreadsheet_error: 'an error or an unfinished formula of a spreadsheet instead of a value',
  digits_lost: 'a long number that a spreadsheet has shortened to the form 9.99E+09',
  turned_to_date: 'a text that a spreadsheet has turned into a date',
  not_yes_or_no: 'neither yes nor no',
  not_a_number: 'no number that can be read',
} as const;

export type CellProblemCode = keyof typeof CELL_PROBLEM_CODES;

/** What is wrong with a cell, in the field's words; never the value. */
export function problemWords(code: CellProblemCode, path: string): string {
  const field = targetWords(path);
  switch (code) {
    case 'ambiguous_date':
      return `${field} could be read two ways (day or month first), and the column does not show which`;
    case 'ambiguous_century':
      return `${field} has a year of two digits that could be in either century`;
    case 'two_people':
      return `${field} names two people in one cell`;
    case 'spreadsheet_error':
      return `${field} is an error of the spreadsheet, or a formula whose result was not saved`;
    case 'digits_lost':
      return `${field} was shortened by the spreadsheet (like 9.99E+09): digits are lost`;
    case 'turned_to_date':
      return `${field} was turned into a date by the spreadsheet`;
    case 'not_yes_or_no':
      return `${field} says neither yes nor no`;
    case 'not_a_number':
      return `${field} is not a number that can be read`;
    default:
      return `${field} is not a date that can be read`;
  }
}
