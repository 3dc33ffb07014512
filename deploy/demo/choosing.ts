import type { County } from '../../apps/connector/src/generating/index.js';
import type { HubDatabase } from './hub-database.js';
import type { ChosenCase } from './meeting.js';
import type { ReviewPeople } from './review.js';
import type { ExportedPair, Truth } from './truth.js';

export interface Chosen {
  cases: ChosenCase[];
  review: ReviewPeople;
  /** everything proposed about the people of these cases and of the review */
  pairs: ExportedPair[];
}

const CASES = 8;

/** The cases the demo takes through a meeting: those about whom most is known, so that there is something to see. */
export async function choose(
  database: HubDatabase,
  county: County,
  pairs: ExportedPair[],
  truth: Truth,
): Promise<Chosen> {
  const { rows } = await database.raw.query<{ id: string; subject_id: string; role: string; matches: string }>(`
    SELECT c.id, p.subject_id, p.role, (SELECT count(*) FROM matching.match m WHERE m.subject_id = p.subject_id OR m.other_id = p.subject_id) AS matches
    FROM portal."case" c JOIN portal.case_person p ON p.case_id = c.id`);
  const cases = [...Map.groupBy(rows, ({ id }) => id)]
    .map(([id, people]) => ({ id, people, matches: people.reduce((sum, { matches }) => sum + Number(matches), 0) }))
    .sort((a, b) => b.matches - a.matches || (a.id < b.id ? -1 : 1))
    .slice(0, CASES);
  const personOf = subjectsByPerson(pairs, truth);
  const told = county.reviews.find(({ victim }) => personOf.has(victim));
  if (!told || cases.length === 0)
    throw new Error('This county is too small to show a review. Choose more --people or another --seed.');
  const review = { told, victim: personOf.get(told.victim)!, perpetrator: personOf.get(told.perpetrator) ?? null };
  const subjects = new Set([
    ...cases.flatMap(({ people }) => people.map(({ subject_id: id }) => id)),
    review.victim,
    ...(review.perpetrator ? [review.perpetrator] : []),
  ]);
  const people = new Set(
    pairs
      .filter(({ subject_id: id }) => subjects.has(id))
      .map((pair) => truth.person(pair.subject_agency, pair.subject_feed, pair.subject_ref, pair.subject_part)),
  );
  return {
    cases: cases.map(({ id, people: those }) => ({
      id,
      victim: those.find(({ role }) => role === 'victim')!.subject_id,
    })),
    review,
    pairs: pairs.filter(
      (pair) =>
        subjects.has(pair.subject_id) ||
        people.has(truth.person(pair.subject_agency, pair.subject_feed, pair.subject_ref, pair.subject_part)) ||
        people.has(truth.person(pair.agency, pair.feed, pair.record_ref, pair.part)),
    ),
  };
}

/** The generator's person → one subject of theirs that the export names. */
function subjectsByPerson(pairs: ExportedPair[], truth: Truth): Map<string, string> {
  const subjects = new Map<string, string>();
  for (const pair of pairs) {
    const person = truth.person(pair.subject_agency, pair.subject_feed, pair.subject_ref, pair.subject_part);
    if (person && !subjects.has(person)) subjects.set(person, pair.subject_id);
  }
  return subjects;
}
