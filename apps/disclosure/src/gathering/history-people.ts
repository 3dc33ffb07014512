import type { PersonBlock } from '#contracts';
import { plain } from './names.js';

const ENOUGH = 4;

/**
 * Which of a review's people an agency's answer is about. The agency was asked about these people by name, so its answer is one of
 * them: told by identifiers, date of birth and name together. Nobody is guessed: too little, or two alike, is null.
 * @param people every person block the hub has of each of the review's people, by person
 */
export function personOfAnswer(
  answer: PersonBlock,
  people: ReadonlyMap<string, readonly PersonBlock[]>,
): string | null {
  const scored = [...people].map(([id, blocks]) => ({
    id,
    points: Math.max(0, ...blocks.map((block) => alike(answer, block))),
  }));
  scored.sort((a, b) => b.points - a.points);
  const [best, next] = scored;
  if (!best || best.points < ENOUGH || best.points === next?.points) return null;
  return best.id;
}

/** Points: an identifier 5, a date of birth 3 (only year or month known 2, one within the other 1), surname 2, a forename 2. */
function alike(a: PersonBlock, b: PersonBlock): number {
  const same = (x: string | undefined, y: string | undefined) =>
    x !== undefined && y !== undefined && plain(x) === plain(y);
  const forenames = (person: PersonBlock) =>
    [person, ...(person.aliases ?? [])].flatMap((name) => name.forenames ?? []).map(plain);
  const surnames = (person: PersonBlock) =>
    [person, ...(person.aliases ?? [])].flatMap((name) => name.surname ?? []).map(plain);
  const shared = (x: string[], y: string[]) => x.some((name) => name !== '' && y.includes(name));
  return (
    (same(a.nhsNumber, b.nhsNumber) || same(a.niNumber, b.niNumber) ? 5 : 0) +
    bornAlike(a.dateOfBirth, b.dateOfBirth) +
    (shared(surnames(a), surnames(b)) ? 2 : 0) +
    (shared(forenames(a), forenames(b)) ? 2 : 0)
  );
}

function bornAlike(a: string | undefined, b: string | undefined): number {
  if (!a || !b) return 0;
  if (a === b) return a.length === 10 ? 3 : 2;
  return a.startsWith(b) || b.startsWith(a) ? 1 : 0;
}
