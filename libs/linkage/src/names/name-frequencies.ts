import { readFileSync } from 'node:fs';
import { standardForename, standardSurname } from './name-tables.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';

export type NameKind = 'surname' | 'forename';

interface FrequencyFile {
  unlisted: Record<NameKind, number>;
  surname: Record<string, number>;
  forename: Record<string, number>;
}

const file = JSON.parse(readFileSync(new URL('./frequencies.json', import.meta.url), 'utf8')) as FrequencyFile;
const DEFAULTS: Record<NameKind, ReadonlyMap<string, number>> = {
  surname: new Map(Object.entries(file.surname)),
  forename: new Map(Object.entries(file.forename)),
};

/**
 * How many people of the default table a hub's own counts are weighed against: with fewer records than this the table
 * leads, with more the hub's own people do.
 */
const DEFAULT_WEIGHT = 5000;

/** A name common enough that one letter's difference from another such name is no typing error (Ann, Anne). */
const COMMON = 0.0005;

/** Bearers in 10,000 from which a surname is known as one. */
const COMMON_FAMILY = 5;

/** How common names are: shares of people, from a default table and, as they come in, a hub's own people. */
export class NameFrequencies {
  private readonly counts: Record<NameKind, Map<string, number>> = { surname: new Map(), forename: new Map() };
  private readonly totals: Record<NameKind, number> = { surname: 0, forename: 0 };

  /** Counts the person's main name. */
  add(person: PreparedPerson): void {
    const name = person.names[0];
    if (!name) return;
    if (name.surname !== '') this.count('surname', name.surname, 1);
    const first = name.forenames[0];
    if (first !== undefined && first.length > 1) this.count('forename', first, 1);
  }

  /** In: people per normalised name (lower case, no accents, multi-word surnames run together). */
  static fromCounts(surnames: Record<string, number>, forenames: Record<string, number>): NameFrequencies {
    const made = new NameFrequencies();
    for (const [name, people] of Object.entries(surnames)) made.count('surname', name, people);
    for (const [name, people] of Object.entries(forenames)) made.count('forename', name, people);
    return made;
  }

  /** The share of people who bear a normalised name, above 0. */
  share(kind: NameKind, name: string): number {
    const byDefault = defaultOf(kind, name) / 10_000;
    const total = this.totals[kind];
    if (total === 0) return byDefault;
    const own = this.counts[kind].get(name) ?? 0;
    return (own + DEFAULT_WEIGHT * byDefault) / (total + DEFAULT_WEIGHT);
  }

  isCommon(kind: NameKind, name: string): boolean {
    return this.share(kind, name) >= COMMON;
  }

  toJSON(): { surname: Record<string, number>; forename: Record<string, number> } {
    return { surname: Object.fromEntries(this.counts.surname), forename: Object.fromEntries(this.counts.forename) };
  }

  static fromJSON(json: { surname: Record<string, number>; forename: Record<string, number> }): NameFrequencies {
    return NameFrequencies.fromCounts(json.surname, json.forename);
  }

  private count(kind: NameKind, name: string, people: number): void {
    this.counts[kind].set(name, (this.counts[kind].get(name) ?? 0) + people);
    this.totals[kind] += people;
  }
}

/** People in 10,000. An unlisted spelling of a listed name (Mohammod) is rarer than it, but nothing like a rare name. */
function defaultOf(kind: NameKind, name: string): number {
  const listed = DEFAULTS[kind].get(name);
  if (listed !== undefined) return listed;
  const standard = kind === 'surname' ? standardSurname(name) : standardForename(name);
  return Math.max(file.unlisted[kind], (DEFAULTS[kind].get(standard) ?? 0) / 4);
}

/**
 * Whether a full name is rare enough to be looked up by itself, by the default table alone, so that everyone who asks
 * gets the same answer whatever records they hold. At most one person in 100,000, that is ten of a million (John Smith
 * and Mohammed Khan are above it).
 */
export function isRareByDefault(surname: string, forename: string): boolean {
  return defaultOf('surname', surname) * defaultOf('forename', forename) <= 1000;
}

/** Whether a word among the forenames is rather a family name or one given to all (Singh, Kaur, Begum), by the default table alone. */
export function isFamilyNameByDefault(name: string): boolean {
  const surname = DEFAULTS.surname.get(standardSurname(name)) ?? 0;
  return surname >= COMMON_FAMILY && surname > (DEFAULTS.forename.get(standardForename(name)) ?? 0);
}
