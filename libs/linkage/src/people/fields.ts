import { type Field, type FieldRole, type Level, MISSING, plain, type Stance } from '../fields/field.js';
import type { ComparisonKind } from '../linking/settings.js';
import { CLOSE_EDGES, EXACT_EDGES } from './rarity.js';

/** Fields of a person block in the order they are compared and shown. */
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

/** Where a field stands in a row of levels. */
export const AT = Object.fromEntries(FIELDS.map((name, at) => [name, at])) as Record<FieldName, number>;

type Codes<Names extends string> = Readonly<Record<Names, number>>;

const STANCES: Partial<Record<string, Stance>> = {
  exact: 'agrees',
  different: 'differs',
  'different-initial': 'differs',
  generation: 'differs',
};

/** Levels of a field: groups told apart by a name's rarity first, then plain ones. */
class Outcomes<Exact extends string, Close extends string, Plain extends string> {
  readonly levels: Level[] = [MISSING];
  /** The first level of each name. */
  readonly codes: Codes<Exact | Close | Plain>;

  constructor(exact: readonly Exact[], close: readonly Close[], rest: readonly Plain[]) {
    const codes: Record<string, number> = {};
    const group = (name: string, edges: readonly number[]): void => {
      codes[name] = this.levels.length;
      for (const band of edges) this.levels.push({ ...plain(name, STANCES[name]), band, share: 1 / edges.length });
    };
    for (const name of exact) group(name, EXACT_EDGES);
    for (const name of close) group(name, CLOSE_EDGES);
    for (const name of rest) codes[name] = this.levels.push(plain(name, STANCES[name])) - 1;
    this.codes = codes as Codes<Exact | Close | Plain>;
  }
}

const surname = new Outcomes(
  ['exact'],
  ['spelling', 'part', 'typo', 'sound', 'swapped'],
  ['two-names', 'similar', 'changed', 'different'],
);
const forename = new Outcomes(
  ['exact'],
  ['spelling', 'nickname', 'other-forename', 'typo', 'sound'],
  ['two-names', 'similar', 'initial', 'different-initial', 'different'],
);
const middleNames = new Outcomes([], [], ['exact', 'initial', 'different']);
const dateOfBirth = new Outcomes(
  [],
  [],
  [
    'exact',
    'first-of-january',
    'year-and-month',
    'year-only',
    'placeholder',
    'swapped',
    'one-digit',
    'year-slip',
    'one-part',
    'near',
    'different',
    'generation',
  ],
);
const sex = new Outcomes([], [], ['agrees', 'different', 'implied', 'contradicted']);
// Where the forenames agree the sex says little new: shares are counted apart there.
for (const told of ['implied', 'contradicted'] as const) sex.levels[sex.codes[told]]!.segment = 1;
const identifier = (): Outcomes<never, never, 'exact' | 'one-character' | 'different'> =>
  new Outcomes([], [], ['exact', 'one-character', 'different']);
const nhsNumber = identifier();
const telephone = new Outcomes([], [], ['same-mobile', 'same-landline', 'one-digit', 'different']);
const email = new Outcomes([], [], ['exact', 'one-character', 'same-mailbox-name', 'different']);
/** From nearest to farthest. */
const place = new Outcomes(
  [],
  [],
  ['same-address', 'same-postcode', 'same-street', 'same-sector', 'same-district', 'elsewhere'],
);

export const SURNAME = surname.codes;
export const FORENAME = forename.codes;
export const MIDDLE_NAMES = middleNames.codes;
export const DATE = dateOfBirth.codes;
export const SEX = sex.codes;
export const IDENTIFIER = nhsNumber.codes;
export const TELEPHONE = telephone.codes;
export const EMAIL = email.codes;
export const PLACE = place.codes;

const MADE: Record<FieldName, { role: FieldRole; kind: ComparisonKind; levels: Level[] }> = {
  surname: { role: 'surname', kind: 'name', levels: surname.levels },
  forename: { role: 'given', kind: 'name', levels: forename.levels },
  middleNames: { role: 'middle', kind: 'name', levels: middleNames.levels },
  dateOfBirth: { role: 'date', kind: 'date', levels: dateOfBirth.levels },
  sex: { role: 'other', kind: 'category', levels: sex.levels },
  nhsNumber: { role: 'identifier', kind: 'identifier', levels: nhsNumber.levels },
  niNumber: { role: 'identifier', kind: 'identifier', levels: identifier().levels },
  telephone: { role: 'contact', kind: 'phone', levels: telephone.levels },
  email: { role: 'contact', kind: 'email', levels: email.levels },
  place: { role: 'place', kind: 'address', levels: place.levels },
};

/** The fields of a person block as the engine knows fields. */
export const PERSON_FIELDS: readonly Field[] = FIELDS.map((name) => ({
  name,
  role: MADE[name].role,
  levels: MADE[name].levels,
}));

export const KIND_OF = Object.fromEntries(FIELDS.map((name) => [name, MADE[name].kind])) as Record<
  FieldName,
  ComparisonKind
>;

/** A level's name: '' is not among them, 'missing' is level 0. */
export function levelName(field: FieldName, level: number): string {
  return MADE[field].levels[level]!.name;
}
