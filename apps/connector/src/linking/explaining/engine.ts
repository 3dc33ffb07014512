/** The engine's explanations. */
export { clustersOfPair, type ClustersOfPair } from '../../../../../libs/linkage/src/explaining/clusters-of-pair.js';
export { comparerOfModel, modelFor } from '../../../../../libs/linkage/src/explaining/comparer-of-model.js';
export { explainPair, type ExplainedPair } from '../../../../../libs/linkage/src/explaining/explain-pair.js';
export { explanationInWords } from '../../../../../libs/linkage/src/explaining/explanation-in-words.js';
export { modelChartSvg } from '../../../../../libs/linkage/src/explaining/model-chart-svg.js';
export { modelInWords } from '../../../../../libs/linkage/src/explaining/model-in-words.js';
export { pairWeight } from '../../../../../libs/linkage/src/explaining/pair-bits.js';
export { sharedKeys } from '../../../../../libs/linkage/src/explaining/shared-keys.js';
export { areTwins } from '../../../../../libs/linkage/src/explaining/twin-pair.js';
export {
  isDoubtful,
  settlingInWords,
  whatWouldSettlePair,
  type SettlingField,
} from '../../../../../libs/linkage/src/explaining/what-would-settle-pair.js';
export { whyNot, type WhyNot, type WhyNotContext } from '../../../../../libs/linkage/src/explaining/why-not.js';
