import { NameFrequencies } from '../names/name-frequencies.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { classify } from '../scoring/classify.js';
import { comparePeople } from '../scoring/compare-people.js';
import { FIELDS, type FieldName, type LinkageModel } from '../scoring/model.js';
import { comparisonFor } from '../scoring/score-pair.js';
import { type IfKnown, thatSettle } from './settling.js';

/** Bits are of the whole pair, guards included. */
export interface Settling extends IfKnown {
  field: FieldName;
}

const CLEARLY: Partial<Record<FieldName, [agrees: string, differs: string]>> = {
  forename: ['exact', 'different'],
  surname: ['exact', 'different'],
  middleNames: ['exact', 'different'],
  dateOfBirth: ['exact', 'different'],
  sex: ['agrees', 'different'],
  nhsNumber: ['exact', 'different'],
  niNumber: ['exact', 'different'],
  telephone: ['same-mobile', 'different'],
  email: ['exact', 'different'],
  place: ['same-address', 'elsewhere'],
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
  const comparison = comparisonFor(model);
  comparePeople(a, b, frequencies, comparison);
  const now = comparison.total();
  const asked: Settling[] = [];
  for (const field of FIELDS) {
    const levels = CLEARLY[field];
    if (comparison.levelOf(field) !== null || !levels) continue;
    comparison.set(field, levels[0]);
    const ifAgreeWeight = comparison.total();
    comparison.set(field, levels[1]);
    const ifDisagreeWeight = comparison.total();
    comparison.set(field, null);
    asked.push({ field, ifAgreeWeight, ifDisagreeWeight });
  }
  return thatSettle(asked, now, (weight) => classify(model, weight));
}
