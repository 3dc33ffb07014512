import { FIELDS, type FieldName, type LinkageModel } from './model.js';

export interface CompiledLevel {
  m: number;
  log2M: number;
  /** Of the average u, until a name's rarity gives a better one. */
  log2U: number;
  rarity: number;
  atLeast: number;
  text: string;
}

/** Per field: null as strangers, 'match' as matches, else log2 of the level's share. */
type GuardField = null | 'match' | Map<string, number>;

export interface CompiledGuard {
  name: string;
  text: string;
  /** log2 of the share of all pairs that are of this kind. */
  log2Share: number;
  fields: GuardField[];
}

export interface CompiledModel {
  priorWeight: number;
  levels: Map<string, CompiledLevel>[];
  guards: CompiledGuard[];
}

/** A level a guard's shares do not name is as good as never seen in that class. */
export const UNSEEN = Math.log2(1e-5);

const compiled = new WeakMap<LinkageModel, CompiledModel>();

/** Logarithms taken once per model. A model must not be changed after its first use. */
export function compile(model: LinkageModel): CompiledModel {
  const known = compiled.get(model);
  if (known) return known;
  const share = 1 / model.prior.population;
  const made: CompiledModel = {
    priorWeight: Math.log2(share / (1 - Math.min(share, 0.5))),
    levels: FIELDS.map((field) => compileLevels(model, field)),
    guards: model.guards.map((guard) => ({
      name: guard.name,
      text: guard.text,
      log2Share: Math.log2(guard.shareOfPairs ?? (guard.peoplePerPerson ?? 0) * share),
      fields: FIELDS.map((field) => compileGuardField(guard.fields[field])),
    })),
  };
  compiled.set(model, made);
  return made;
}

function compileLevels(model: LinkageModel, field: FieldName): Map<string, CompiledLevel> {
  return new Map(
    Object.entries(model.fields[field].levels).map(([name, { m, u, rarity, atLeast, text }]) => [
      name,
      { m, log2M: Math.log2(m), log2U: Math.log2(u), rarity: rarity ?? 0, atLeast: atLeast ?? 0, text },
    ]),
  );
}

function compileGuardField(shares: 'match' | 'stranger' | Record<string, number>): GuardField {
  if (shares === 'stranger') return null;
  if (shares === 'match') return 'match';
  return new Map(Object.entries(shares).map(([level, value]) => [level, Math.log2(value)]));
}
