import type { PersonInRow } from '#contracts';
import { classify, personInputOf, prepare, scorePair, type LinkageModel } from '#linkage';
import type { SubjectRef } from './subjects.repository.js';

/** A subject as an earlier version of its row described it. */
export interface EarlierSubject {
  subject: SubjectRef;
  person: PersonInRow['person'] | null;
}

/**
 * Who in a new version of a row is which subject of the earlier ones. Places in a list are not people: a child left out moves those
 * behind it up, so entries of a list are paired by who they are. Whom no one continues stays where he was.
 * @param earlier the newest version's first
 * @returns subject id → the person of the new version
 */
export function samePeople(
  model: LinkageModel,
  earlier: EarlierSubject[],
  people: PersonInRow[],
): Map<string, PersonInRow> {
  const pairs = earlier.flatMap(({ subject, person }, age) =>
    people.flatMap((next) => {
      if (listOf(subject.part) !== listOf(next.part)) return [];
      const weight = likeness(model, subject, person, next);
      return weight === null ? [] : [{ subject, next, weight, age }];
    }),
  );
  pairs.sort((a, b) => b.weight - a.weight || a.age - b.age);
  const found = new Map<string, PersonInRow>();
  const taken = new Set<PersonInRow>();
  for (const { subject, next } of pairs) {
    if (found.has(subject.id) || taken.has(next)) continue;
    found.set(subject.id, next);
    taken.add(next);
  }
  return found;
}

/** `children.1` stands in the list `children`; `person` in none. */
function listOf(part: string): string {
  return part.split('.')[0]!;
}

/** @returns bits, or null where the two are not the same person; in the same place less is asked than elsewhere in the list */
function likeness(
  model: LinkageModel,
  subject: SubjectRef,
  person: PersonInRow['person'] | null,
  next: PersonInRow,
): number | null {
  if (!next.part.includes('.')) return Infinity;
  if (!person) return null;
  const samePlace = subject.part === next.part;
  if (JSON.stringify(person) === JSON.stringify(next.person)) return samePlace ? Infinity : Number.MAX_VALUE;
  const { weight } = scorePair(model, prepare(personInputOf(person)), prepare(personInputOf(next.person)));
  const verdict = classify(model, weight, next.role);
  return verdict === 'proposed' || (verdict === 'closer-look' && samePlace) ? weight : null;
}
