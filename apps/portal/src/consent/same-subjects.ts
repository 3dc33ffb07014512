import type { Db } from '#platform';

/** Subjects that people confirmed to be one person: by each subject asked for, the oldest one and all of them. */
export interface SamePerson {
  canonical: string;
  all: string[];
}

/**
 * A confirmed subject–subject match points the newer subject at the older (`mergedInto`), so what is recorded about one counts for all.
 * `UNION` and not `UNION ALL`: should two subjects ever point at each other, the walk still ends.
 * @param ids subjects; unknown ones are missing from the answer
 */
export async function samePeople(db: Db, ids: readonly string[]): Promise<Map<string, SamePerson>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ asked: string; canonical: string; id: string }[]>`
    WITH RECURSIVE up AS (
      SELECT s.id AS asked, s.id, s.merged_into FROM portal.subject s WHERE s.id = ANY(${[...ids]}::uuid[])
      UNION SELECT up.asked, s.id, s.merged_into FROM up JOIN portal.subject s ON s.id = up.merged_into
    ), root AS (SELECT asked, id FROM up WHERE merged_into IS NULL), down AS (
      SELECT r.asked, r.id AS canonical, r.id FROM root r
      UNION SELECT d.asked, d.canonical, s.id FROM down d JOIN portal.subject s ON s.merged_into = d.id
    ) SELECT asked, canonical, id FROM down ORDER BY id`;
  const people = new Map<string, SamePerson>();
  for (const { asked, canonical, id } of rows) {
    const person = people.get(asked);
    if (person) person.all.push(id);
    else people.set(asked, { canonical, all: [id] });
  }
  return people;
}

/** The subject others were merged into; the subject itself when it was not. */
export async function canonicalSubject(db: Db, id: string): Promise<string> {
  return (await samePeople(db, [id])).get(id)?.canonical ?? id;
}
