import type { PersonBlock } from '../blocks/person-block.js';
import type { FeedName, FeedRows } from '../feed.js';

export type PersonRole = 'victim' | 'perpetrator' | 'child' | 'other';

/** Where in a row a person stands: `person`, `victim`, `perpetrators.0`, `children.1`, `relatedPeople.0`, `parties.2`. */
export interface PersonInRow {
  part: string;
  role: PersonRole;
  person: PersonBlock;
}

/** What the row looks like to someone looking for people in it, whichever feed it is of. */
interface Peopled {
  role?: PersonRole;
  person?: PersonBlock;
  victim?: PersonBlock;
  perpetrators?: { person: PersonBlock }[];
  children?: { person: PersonBlock }[];
  relatedPeople?: { person: PersonBlock; role: PersonRole }[];
  parties?: { person: PersonBlock }[];
}

/**
 * Everybody a row names with a person block, in a fixed order. Household members of `housing` are names only and are not
 * among them. Parties of anti-social behaviour are `other`: victim and subject there are of nuisance, not of abuse.
 */
export function peopleIn<F extends FeedName>(feed: F, row: FeedRows[F]): PersonInRow[] {
  const from = row as Peopled;
  const found: PersonInRow[] = [];
  if (from.person)
    found.push({ part: 'person', role: feed === 'dv-service' ? (from.role ?? 'other') : 'other', person: from.person });
  if (from.victim) found.push({ part: 'victim', role: 'victim', person: from.victim });
  from.perpetrators?.forEach(({ person }, i) => found.push({ part: `perpetrators.${i}`, role: 'perpetrator', person }));
  from.children?.forEach(({ person }, i) => found.push({ part: `children.${i}`, role: 'child', person }));
  from.relatedPeople?.forEach(({ person, role }, i) => found.push({ part: `relatedPeople.${i}`, role, person }));
  from.parties?.forEach(({ person }, i) => found.push({ part: `parties.${i}`, role: 'other', person }));
  return found;
}

/** A household member of a `housing` row: a name as written, for showing who lives there; never matched or searched by. */
export interface HouseholdMember {
  name: string;
  dateOfBirth?: string | undefined;
  relationship?: string | undefined;
}

/** Members of the household a housing row names; of any other feed none. */
export function householdIn<F extends FeedName>(feed: F, row: FeedRows[F]): HouseholdMember[] {
  return feed === 'housing' ? ((row as FeedRows['housing']).household ?? []) : [];
}
