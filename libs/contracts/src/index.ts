/** What crosses a boundary of the hub: feeds, wire formats, events, topics, agencies, error codes. */

// Feeds: names, schemas, rows
export { FEEDS, feedSchemas, isFeedName, type FeedName, type FeedRows } from './feeds/feed.js';
export type { Address, Alias, PersonBlock } from './feeds/blocks/person-block.js';
export { ADDRESS_TYPES, SEXES, personSchema } from './feeds/blocks/person-block.js';
export { CONSENT_STATUSES, type FeedConsent, type SafeContact } from './feeds/blocks/contact-and-consent.js';
export { TENANT_STATUSES, type HousingRow } from './feeds/housing.js';
export type { ArrearsRow } from './feeds/arrears.js';
export { ASB_DEFINITIONS, ASB_PARTY_ROLES, type AsbRow } from './feeds/asb.js';
export type { HomelessnessRow } from './feeds/homelessness.js';
export { RELATED_ROLES, SERVICE_ROLES, type DvServiceRow } from './feeds/dv-service.js';
export type { MaracReferralRow } from './feeds/marac-referral.js';
export type { AgencyHistoryRow, HistoryEvent } from './feeds/agency-history.js';

// One full invented row of every feed, for tests and examples
export { sampleRows } from './feeds/sample-rows.js';

// Feeds: parsing
export {
  parseRow,
  type DeletionRow,
  type RefusedRow,
  type RowOptions,
  type RowResult,
  type TakenRow,
} from './feeds/parsing/parse-row.js';
export { ROW_ERROR_CODES, type RowError } from './feeds/parsing/row-error.js';
export { confidentialAddresses } from './feeds/parsing/confidential.js';
export {
  mainPerson,
  personMeasures,
  QUALITY_MEASURES,
  type PersonMeasure,
  type QualityMeasure,
} from './feeds/parsing/quality.js';

// Feeds: reading
export { fieldCatalogue, type FieldDescription } from './feeds/reading/readers.js';
export { itemsOf, type Item, type ItemOptions } from './feeds/reading/items.js';
export type { ItemKind } from './feeds/reading/reader.js';
export {
  householdIn,
  peopleIn,
  type HouseholdMember,
  type PersonInRow,
  type PersonRole,
} from './feeds/reading/people.js';

// Feeds: tables (columns, field words, date and code styles)
export * from './feeds/reading/tables/index.js';

// Wire formats
export { manifestSchema, type Manifest } from './wire/manifest.js';
export { receiptSchema, type Receipt } from './wire/receipt.js';
export { BATCH_REFUSALS, refusalWords, type BatchRefusal, type RefusalWords } from './wire/refusals.js';
export {
  packSchema,
  type ChronologyEvent,
  type Pack,
  type PackCase,
  type PackItem,
  type PackPerson,
} from './wire/pack.js';
export { ackSchema, type Ack } from './wire/ack.js';
export { retractionSchema, type Retraction } from './wire/retraction.js';
export { historyRequestSchema, type HistoryRequest } from './wire/history-request.js';
export type { AuditProof } from './wire/values.js';

// Topics, events, agencies, errors
export {
  AGENCY_TOPIC_FAMILIES,
  INTERNAL_TOPICS,
  agencyOfTopic,
  agencyTopicAccess,
  topics,
  type AgencyTopicFamily,
  type InternalTopic,
} from './topics.js';
export { eventSchemas, type Events } from './events/events.js';
export { AGENCIES, AGENCY_KINDS, agencyById, type Agency, type AgencyKind } from './agencies.js';
export { HubError, errorStatus, isHubError, type HubErrorCode } from './errors.js';

// Generated documents
export { generateContracts } from './generate/generate.js';
