/** The disclosure policy: one pure function decides, item by item, what may go to whom, for what, and on which basis. */
export { benchPolicy } from './bench.js';
export { decide } from './deciding.js';
export type { Decision, ItemDecision } from './decision.js';
export { PolicyError, type PolicyErrorCode } from './errors.js';
export { explain, type Explanation } from './explaining.js';
export { CURRENT_POLICY, loadPolicy } from './loading.js';
export { parseRequest, requestSchema, type Parsed } from './parsing.js';
export { makePolicy, type Basis, type FieldLists, type Policy, type PolicyData, type RuleText } from './policy.js';
export {
  ITEM_KINDS,
  type Agreement,
  type BreakGlass,
  type Case,
  type CasePerson,
  type Consent,
  type Criteria,
  type DecisionRequest,
  type EchoId,
  type Item,
  type ItemKind,
  type Justification,
  type Recipient,
  type WithoutConsentDecision,
} from './request.js';
