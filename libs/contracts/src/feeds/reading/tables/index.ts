/** Tables (CSV, spreadsheets) as rows of feeds: what a column is, and what its cells say. No input or output. */
export { targetOf, targetsOf, targetWords, type Target, type ValueKind } from './targets.js';
export { headingWords } from './heading-words.js';
export { guessByHeading } from './headings.js';
export {
  guessColumns,
  missingFields,
  type ColumnGuess,
  type GuessedColumns,
  type MissingField,
  type Sureness,
} from './guess.js';
export { ColumnProfile, fingerprint } from './profile.js';
export { mappingSchema, parseMapping, writeMapping, type FeedMapping, type ReadMapping } from './mapping.js';
export { CELL_PROBLEM_CODES, type CellProblemCode } from './cell-problems.js';
export { RowReader, type RowFromCells, type RowReaderOptions } from './rows.js';
export { readDate, serialDate, type DayOrder } from './dates.js';
export { nearest } from './nearest.js';
