import type { Field } from '../fields/field.js';
import type { TrainedField, TrainedLevel, TrainedModel } from '../linking/trained-model.js';
import { ModelError } from '../scoring/model-error.js';
import { coarseOf } from '../training/correction.js';
import { fieldNames, placeNames } from './field-names.js';
import { inRound } from './figures.js';
import { levelWords } from './level-words.js';

/** A level's name without what is said of the field that implies it. */
export function plainName({ name, segment }: TrainedLevel): string {
  return segment === 1 ? name.replace(/ \([^()]* agrees\)$/, '') : name;
}

/** Neither matches nor strangers of the training data show it: its shares are only what keeps them from being nought. */
export function isUnseen({ m, u }: TrainedLevel): boolean {
  return m < 1e-6 && u < 1e-6;
}

/** Levels that mean the same and differ by the value's rarity alone. */
export interface LevelGroup {
  name: string;
  segment: 1 | undefined;
  /** Indices of the levels; of bands the commonest values' first. */
  levels: number[];
}

export function groupsOf({ levels }: TrainedField): LevelGroup[] {
  const groups: LevelGroup[] = [];
  levels.forEach((level, at) => {
    if (at === 0) return;
    const last = groups.at(-1);
    const name = plainName(level);
    if (last && level.band >= 0 && last.name === name && last.segment === level.segment) last.levels.push(at);
    else groups.push({ name, segment: level.segment, levels: [at] });
  });
  return groups;
}

/** Level by level, which coarse level of the corrections' interactions it belongs to, and how many of them there are. */
export function coarseLevels(field: TrainedField): { of: Uint8Array; count: number } {
  return coarseOf(asField(field));
}

/** A field of the model as the engine's own parts take it. */
export function asField({ name, role, levels }: TrainedField): Field {
  return { name, role, levels: levels.map((level) => ({ ...level, share: 1 })) };
}

/** In plain words and without person data: "surname agrees exactly (at most one record in 700 has it)". */
export function levelInWords(model: TrainedModel, f: number, level: number, withRarity = true): string {
  const field = model.fields[f]!;
  const one = field.levels[level]!;
  const names = fieldNames(model);
  const words = levelWords(field.kind, plainName(one), { field: names[f]!, ...placeNames(field, model) });
  const by = one.segment === 1 ? model.implied.find(({ field: implied }) => implied === f) : undefined;
  return [
    words,
    withRarity && one.band >= 0 && isRaritySaid(field, level) ? ` (${rarityInWords(one.band)})` : '',
    by ? `, where the ${names[by.by]!} agrees` : '',
  ].join('');
}

/** Of two or three values, such as a sex, none is rare. */
function isRaritySaid(field: TrainedField, level: number): boolean {
  const group = groupsOf(field).find(({ levels }) => levels.includes(level));
  return group !== undefined && group.levels.filter((at) => !isUnseen(field.levels[at]!)).length > 1;
}

function rarityInWords(band: number): string {
  return band < 2 ? 'a common value' : `at most one record in ${inRound(2 ** band)} has it`;
}

/** @throws ModelError when these are not levels of this model */
export function checkLevels(model: TrainedModel, levels: ArrayLike<number>): void {
  const fits =
    levels.length === model.fields.length && model.fields.every((field, f) => field.levels[levels[f]!] !== undefined);
  if (!fits) throw new ModelError('invalid_model', 'These levels are not of this model');
}
