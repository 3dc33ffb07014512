/** Is this record about that subject? Probabilistic record linkage, explained field by field; pure. */
export type { AddressInput, PersonInput } from './person-input.js';
export type { PreparedPerson } from './preparing/prepared-person.js';
export { prepare } from './preparing/prepare.js';
export { personInputOf, type PersonBlockLike } from './preparing/person-input-of.js';
export { blockingKeys } from './blocking/blocking-keys.js';
export { NameFrequencies, type NameKind } from './names/name-frequencies.js';
export {
  CURRENT_MODEL,
  forPopulation,
  loadModel,
  ModelError,
  type FieldModel,
  type FieldName,
  type GuardModel,
  type LevelModel,
  type LinkageModel,
  type Thresholds,
} from './scoring/model.js';
export { scorePair, type FieldEvidence, type PairScore } from './scoring/score-pair.js';
export { classify, type MatchClass } from './scoring/classify.js';
export { SubjectIndex, type SubjectMatch } from './indexing/subject-index.js';
export { likelihoodInWords } from './explaining/likelihood-in-words.js';
export { waterfallSvg, type WaterfallOptions } from './explaining/waterfall-svg.js';
export { whatWouldSettle, type Settling } from './explaining/what-would-settle.js';
export { jaroWinkler } from './comparing/jaro-winkler.js';
export { link } from './linking/link.js';
export type { LinkRequest, LinkResult, LinkStage, PairDecisions, ScoredPairs } from './linking/link-request.js';
export { COMPARISON_KINDS, type ComparisonKind, type ComparisonSettings, type LinkSettings } from './linking/settings.js';
export type { Column, Table } from './linking/table.js';
export type { TrainedModel } from './linking/trained-model.js';
