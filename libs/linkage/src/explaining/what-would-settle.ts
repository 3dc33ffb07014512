import { NameFrequencies } from '../names/name-frequencies.js';
import { classify } from '../people/classify.js';
import { comparePeople } from '../people/compare-people.js';
import {
  AT,
  DATE,
  EMAIL,
  type FieldName,
  FIELDS,
  FORENAME,
  IDENTIFIER,
  levelName,
  MIDDLE_NAMES,
  PLACE,
  SEX,
  SURNAME,
  TELEPHONE,
} from '../people/fields.js';
import type { LinkageModel } from '../people/person-model.js';
import { exactBand } from '../people/rarity.js';
import { weighingOf } from '../people/weighing.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { type IfKnown, thatSettle } from './settling.js';

/** Bits are of the whole pair, lookalikes included. */
export interface Settling extends IfKnown {
  field: FieldName;
}

/** A name whose rarity is not known is taken for one person's in 500. */
const USUAL = exactBand(0.002);

const CLEARLY: Record<FieldName, [agrees: number, differs: number]> = {
  surname: [SURNAME.exact + USUAL, SURNAME.different],
  forename: [FORENAME.exact + USUAL, FORENAME.different],
  middleNames: [MIDDLE_NAMES.exact, MIDDLE_NAMES.different],
  dateOfBirth: [DATE.exact, DATE.different],
  sex: [SEX.agrees, SEX.different],
  nhsNumber: [IDENTIFIER.exact, IDENTIFIER.different],
  niNumber: [IDENTIFIER.exact, IDENTIFIER.different],
  telephone: [TELEPHONE['same-mobile'], TELEPHONE.different],
  email: [EMAIL.exact, EMAIL.different],
  place: [PLACE['same-address'], PLACE.elsewhere],
};

/**
 * Fields one of the two records lacks that would move the pair into another class (proposed, closer look, none) by
 * agreeing or by differing: what to ask for, the most telling first. Empty when nothing missing would change anything.
 */
export function whatWouldSettle(
  model: LinkageModel,
  a: PreparedPerson,
  b: PreparedPerson,
  frequencies: NameFrequencies = new NameFrequencies(),
): Settling[] {
  const weighing = weighingOf(model);
  const levels = new Uint8Array(FIELDS.length);
  const out = new Float64Array(1);
  const weightNow = (): number => {
    weighing.weigh(levels, 1, out);
    return out[0]!;
  };
  comparePeople(a, b, frequencies, levels);
  const now = weightNow();
  // Names in each other's place are told as one finding: none of them is missing.
  const swapped = levelName('surname', levels[AT.surname]!) === 'swapped';
  const asked: Settling[] = [];
  for (const field of FIELDS) {
    if (levels[AT[field]] !== 0 || (swapped && (field === 'forename' || field === 'middleNames'))) continue;
    const [agrees, differs] = CLEARLY[field];
    levels[AT[field]] = agrees;
    const ifAgreeWeight = weightNow();
    levels[AT[field]] = differs;
    const ifDisagreeWeight = weightNow();
    levels[AT[field]] = 0;
    asked.push({ field, ifAgreeWeight, ifDisagreeWeight });
  }
  return thatSettle(asked, now, (weight) => classify(model, weight));
}
