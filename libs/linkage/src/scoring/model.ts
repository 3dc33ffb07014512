import { readFileSync } from 'node:fs';

/** Fields in the order they are compared and shown. */
export const FIELDS = [
  'surname',
  'forename',
  'middleNames',
  'dateOfBirth',
  'sex',
  'nhsNumber',
  'niNumber',
  'telephone',
  'email',
  'place',
] as const;
export type FieldName = (typeof FIELDS)[number];

/** m, u: shares of matching and of stranger pairs that show the level. */
export interface LevelModel {
  m: number;
  u: number;
  /** u becomes this times the share of people bearing the name. */
  rarity?: number;
  /** Floor of that u. */
  atLeast?: number;
  /** Plain words, without person data. */
  text: string;
  note?: string;
}

export interface FieldModel {
  label: string;
  levels: Record<string, LevelModel>;
}

/** Another explanation of an agreement: its pairs show a field's levels as matches do, as strangers do, or in shares of their own. */
export interface GuardModel {
  name: string;
  text: string;
  /** How many such other people somebody has on average, whatever the population… */
  peoplePerPerson?: number;
  /** …or which share of all pairs is of this kind. One of the two is given. */
  shareOfPairs?: number;
  note?: string;
  fields: Record<FieldName, 'match' | 'stranger' | Record<string, number>>;
}

export interface Thresholds {
  /** Bits from which a match is proposed. */
  propose: number;
  /** Bits from which it is shown as needing a closer look. */
  closerLook: number;
}

export interface LinkageModel {
  version: string;
  notes: string[];
  prior: { population: number; text: string };
  fields: Record<FieldName, FieldModel>;
  guards: GuardModel[];
  thresholds: Thresholds & { perRole?: Record<string, Thresholds> };
}

export const CURRENT_MODEL = 'county-2026-1';

export class ModelError extends Error {
  constructor(
    readonly code: 'unknown_model' | 'invalid_model',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ModelError';
  }
}

/** In: a version such as 'county-2026-1'. Throws ModelError `unknown_model`, `invalid_model`. */
export function loadModel(version: string = CURRENT_MODEL): LinkageModel {
  if (!/^[a-z0-9-]{1,60}$/.test(version)) throw new ModelError('unknown_model', 'Not a model version');
  let text: string;
  try {
    text = readFileSync(new URL(`../models/${version}.json`, import.meta.url), 'utf8');
  } catch (cause) {
    throw new ModelError('unknown_model', `No linkage model ${version}`, { cause });
  }
  const model = JSON.parse(text) as LinkageModel;
  checkModel(model);
  return model;
}

/** The same model for a hub that serves another number of people (at least 1): the prior and the guards follow. */
export function forPopulation(model: LinkageModel, people: number): LinkageModel {
  const resized = { ...model, prior: { ...model.prior, population: people } };
  checkModel(resized);
  return resized;
}

/** A wrong number here would mislead people quietly: refuse to start instead. */
export function checkModel(model: LinkageModel): void {
  const problems: string[] = [];
  const isShare = (value: number | undefined): boolean => typeof value === 'number' && value > 0 && value <= 1;
  for (const { name, peoplePerPerson, shareOfPairs } of model.guards) {
    if (!((peoplePerPerson ?? 0) > 0) === !((shareOfPairs ?? 0) > 0)) problems.push(`${name}: one share`);
  }
  for (const field of FIELDS) {
    for (const [level, { m, u }] of Object.entries(model.fields[field]?.levels ?? { none: { m: 0, u: 0 } })) {
      if (!isShare(m) || !isShare(u)) problems.push(`${field}.${level}`);
    }
    for (const guard of model.guards) {
      const shares = guard.fields[field];
      if (shares === 'match' || shares === 'stranger') continue;
      if (!shares || !Object.values(shares).every(isShare)) problems.push(`${guard.name}.${field}`);
    }
  }
  if (!(model.prior.population >= 1)) problems.push('prior.population');
  const thresholds = [model.thresholds, ...Object.values(model.thresholds.perRole ?? {})];
  if (!thresholds.every(({ propose, closerLook }) => propose >= closerLook)) problems.push('thresholds');
  if (problems.length > 0) throw new ModelError('invalid_model', `Model ${model.version}: ${problems.join(', ')}`);
}
