import {
  likelihoodInWords,
  loadModel,
  ModelError,
  personInputOf,
  prepare,
  scorePair,
  waterfallSvg,
  whatWouldSettle,
  type LinkageModel,
  type PairScore,
} from '#linkage';
import type { MatchRow } from './match.repository.js';
import type { OpenedPair } from './opened-pair.js';

export interface SettlingWords {
  label: string;
  ifAgrees: string;
  ifDiffers: string;
}

const models = new Map<string, LinkageModel>();

/** The model the match was scored with; the current one where that version is gone. */
function modelOf(version: string): LinkageModel {
  const known = models.get(version);
  if (known) return known;
  let model: LinkageModel;
  try {
    model = loadModel(version);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    model = loadModel();
  }
  models.set(version, model);
  return model;
}

/** The evidence matching kept when it proposed the match; scored again from the opened records where it kept none. */
export function scoreOf(match: MatchRow, pair: OpenedPair): PairScore {
  const fields = match.evidence.fields ?? [];
  if (fields.length > 0 || !pair.subject || !pair.record)
    return { weight: match.weight, probability: match.probability, fields };
  const [a, b] = [pair.subject, pair.record].map((side) => prepare(personInputOf(side.person)));
  return scorePair(modelOf(match.model), a!, b!);
}

/** What to ask for: the missing fields that would change the answer, the most telling first. */
export function settling(match: MatchRow, pair: OpenedPair): SettlingWords[] {
  if (!pair.subject || !pair.record) return [];
  const model = modelOf(match.model);
  const [a, b] = [pair.subject, pair.record].map((side) => prepare(personInputOf(side.person)));
  return whatWouldSettle(model, a!, b!).map(({ field, ifAgreeWeight, ifDisagreeWeight }) => ({
    label: model.words.fields[field].label,
    ifAgrees: inWords(ifAgreeWeight),
    ifDiffers: inWords(ifDisagreeWeight),
  }));
}

/** The picture. Its width is the style sheet's business: our content security policy lets no element style itself. */
export function waterfall(score: PairScore): string {
  return waterfallSvg(score, { title: 'Evidence for and against, field by field' }).replace(/ style="[^"]*"/, '');
}

function inWords(weight: number): string {
  return likelihoodInWords({ probability: 1 / (1 + 2 ** -weight) });
}
