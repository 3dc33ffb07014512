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
  type LinkageModel,
  type ModelWords,
  type RoleThresholds,
} from './people/person-model.js';
export { ModelError } from './scoring/model-error.js';
export type { FieldName } from './people/fields.js';
export { scorePair, type FieldEvidence, type PairScore } from './people/score-pair.js';
export { classify, type MatchClass } from './people/classify.js';
export { SubjectIndex, type SubjectMatch } from './indexing/subject-index.js';
export { likelihoodInWords } from './explaining/likelihood-in-words.js';
export { waterfallSvg, type WaterfallOptions } from './explaining/waterfall-svg.js';
export { whatWouldSettle, type Settling } from './explaining/what-would-settle.js';
export { jaroWinkler } from './comparing/jaro-winkler.js';
export { link } from './linking/link.js';
export type { LinkRequest, LinkResult, LinkStage, PairDecisions, ScoredPairs } from './linking/link-request.js';
export {
  COMPARISON_KINDS,
  type ComparisonKind,
  type ComparisonSettings,
  type LinkSettings,
} from './linking/settings.js';
export type { Column, Table } from './linking/table.js';
export type { TrainedModel } from './linking/trained-model.js';
export { clustersOfPair, type ClustersOfPair } from './explaining/clusters-of-pair.js';
export { comparerOfModel, modelFor } from './explaining/comparer-of-model.js';
export { explainPair, type ExplainedPair } from './explaining/explain-pair.js';
export { explanationInWords } from './explaining/explanation-in-words.js';
export { modelChartSvg } from './explaining/model-chart-svg.js';
export { modelInWords } from './explaining/model-in-words.js';
export { pairWeight } from './explaining/pair-bits.js';
export { sharedKeys } from './explaining/shared-keys.js';
export { areTwins } from './explaining/twin-pair.js';
export {
  isDoubtful,
  settlingInWords,
  whatWouldSettlePair,
  type SettlingField,
} from './explaining/what-would-settle-pair.js';
export { whyNot, type WhyNot, type WhyNotContext } from './explaining/why-not.js';
export { DecisionsConflict } from './clustering/decisions-conflict.js';
export { ModelMismatch } from './linking/link.js';
export type { Calibration } from './training/decisions.js';
export { BlockingTooLarge } from './linking/find-pairs.js';
export * from './exchanging/index.js';
