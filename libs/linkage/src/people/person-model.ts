import { readFileSync } from 'node:fs';
import type { TrainedModel } from '../linking/trained-model.js';
import { ModelError } from '../scoring/model-error.js';
import { type FieldName, FIELDS, PERSON_FIELDS } from './fields.js';

/** Bits from which a match is proposed (`link`), and from which it is shown as needing a closer look (`show`). */
export interface RoleThresholds {
  link: number;
  show: number;
}

/** What an analyst reads, without person data. */
export interface ModelWords {
  prior: string;
  fields: Record<FieldName, { label: string; levels: Record<string, string> }>;
  /** Per kind of non-match that looks like a match. */
  lookalikes: Record<string, string>;
}

/** A trained model of person blocks, as the hub's services use it. */
export interface LinkageModel extends TrainedModel {
  version: string;
  notes: string[];
  /** People among whom a record's owner is sought. */
  population: number;
  thresholds: TrainedModel['thresholds'] & { perRole?: Record<string, RoleThresholds> };
  words: ModelWords;
}

export const CURRENT_MODEL = 'county-2026-2';

/** In: a version such as 'county-2026-2'. Throws ModelError `unknown_model`, `invalid_model`. */
export function loadModel(version: string = CURRENT_MODEL): LinkageModel {
  if (!/^[a-z0-9-]{1,60}$/.test(version)) throw new ModelError('unknown_model', 'Not a model version');
  const read = (file: string): string => readFileSync(new URL(`../models/${file}`, import.meta.url), 'utf8');
  let texts: [model: string, words: string];
  try {
    texts = [read(`${version}.json`), read(`${version}.words.json`)];
  } catch (cause) {
    throw new ModelError('unknown_model', `No linkage model ${version}`, { cause });
  }
  const model: LinkageModel = { ...(JSON.parse(texts[0]) as Omit<LinkageModel, 'words'>), words: JSON.parse(texts[1]) };
  checkModel(model);
  return model;
}

/**
 * The same model for a hub that serves another number of people (at least 1). A record's owner is one of them; of people
 * of his home and of his kin there are as many as before; strangers of one name are a share of all pairs.
 */
export function forPopulation(model: LinkageModel, people: number): LinkageModel {
  const resized = { ...model, population: people, classes: sizedFor(model.classes, people) };
  checkModel(resized);
  return resized;
}

/** Numbers of pairs of which one in `people` is a match. */
export function sizedFor(classes: TrainedModel['classes'], people: number): TrainedModel['classes'] {
  const [match, random] = classes;
  const times = (people * match!.pairs) / random!.pairs;
  return classes.map((one) =>
    one.name === 'random' || one.name === 'chance namesake' ? { ...one, pairs: one.pairs * times } : one,
  );
}

/** A wrong number here would mislead people quietly: refuse to start instead. */
export function checkModel(model: LinkageModel): void {
  const problems: string[] = [];
  const isShare = (value: number | undefined): boolean => typeof value === 'number' && value > 0 && value <= 1;
  if (model.format !== 'mash.linkage-model/1') problems.push('format');
  if (model.classes[0]?.name !== 'match' || model.classes[1]?.name !== 'random') problems.push('classes');
  PERSON_FIELDS.forEach((field, f) => {
    const known = model.fields[f];
    const same = known?.name === field.name && known.levels.length === field.levels.length;
    if (
      !same ||
      field.levels.some(({ name, band }, at) => known.levels[at]!.name !== name || known.levels[at]!.band !== band)
    )
      return void problems.push(`${field.name}: levels`);
    for (const { name, shares } of model.classes)
      field.levels.forEach((level, at) => {
        if (!isShare(shares[f]?.[at])) problems.push(`${name}.${field.name}.${level.name}`);
      });
    const words = model.words.fields[FIELDS[f]!];
    for (const { name } of field.levels.slice(1))
      if (!words?.levels[name]) problems.push(`${field.name}.${name}: words`);
  });
  for (const { name, pairs } of model.classes) {
    if (!(pairs > 0)) problems.push(`${name}: pairs`);
    if (name !== 'match' && name !== 'random' && !model.words.lookalikes[name]) problems.push(`${name}: words`);
  }
  if (!(model.population >= 1)) problems.push('population');
  const thresholds = [model.thresholds, ...Object.values(model.thresholds.perRole ?? {})];
  if (!thresholds.every(({ link, show }) => link >= show)) problems.push('thresholds');
  if (problems.length > 0)
    throw new ModelError('invalid_model', `Model ${model.version}: ${[...new Set(problems)].slice(0, 20).join(', ')}`);
}
