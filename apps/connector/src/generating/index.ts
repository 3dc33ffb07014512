/** `mash generate`: a made-up county, what every agency holds of it, and the truth to judge a matching by. */
export { generateCounty, countyParts } from './generate-county.js';
export { writeCounty, type WriteOptions, type WriteProgress } from './writing/write-county.js';
export { generateRecords, type PersonRecords, type RecordsOptions } from './records/generate-records.js';
export { RECORD_COLUMNS, type RecordRow } from './records/record.js';
export { truePairs, writeRecords, type RecordsSummary } from './records/write-records.js';
export { registerGenerate } from './register-generate.js';
export {
  AS_OF,
  type AbuseRole,
  type County,
  type CountyOptions,
  type CountyPart,
  type CountySummary,
  type FeedFile,
  type PersonTruth,
  type TruthLine,
} from './county.js';
export type { HistoryAnswer, ReviewCase } from './histories/review.js';
export type { GeneratedFeed, GeneratedRow } from './rows/row.js';
export type { Tradition } from './people/person.js';
