import type { IsoDate } from './dates.js';
import type { ReviewCase } from './histories/review.js';
import type { Household, Tradition } from './people/person.js';
import type { GeneratedFeed, GeneratedRow } from './rows/row.js';
import type { Situation } from './situations/situation.js';

export interface CountyOptions {
  /** How many people live there. */
  people: number;
  /** The same seed gives the same county, byte for byte. */
  seed: number;
  /** For callers that keep the options of `mash generate` together; making a county writes nothing. */
  out?: string;
  /** The day the county is looked at; every date in it is before. Default `AS_OF`. */
  asOf?: IsoDate;
}

/** Fixed, not today: a county must be the same next month. */
export const AS_OF: IsoDate = '2026-11-01';

export type AbuseRole = 'victim' | 'perpetrator' | 'child' | 'none';

/** What is true of a person, to judge a matching by (missed links by tradition, by household…). */
export interface PersonTruth {
  personId: string;
  tradition: Tradition;
  household: string;
  role: AbuseRole;
}

/**
 * Whom a record truly names. `part` is the place in the row (`person`, `victim`, `perpetrators.0`, `children.1`,
 * `relatedPeople.0`, `parties.0`); a row's first line is its main person. `bad`: the row is broken on purpose and must be
 * quarantined, so nobody in it can be matched.
 */
export interface TruthLine {
  agency: string;
  feed: GeneratedFeed;
  recordRef: string;
  personId: string;
  part: string;
}

/** What one agency sends of one feed. */
export interface FeedFile {
  agency: string;
  feed: GeneratedFeed;
  rows: GeneratedRow[];
}

/** A stretch of a county: whole households and every row about them, so that a large county never stands in memory at once. */
export interface CountyPart {
  people: PersonTruth[];
  feeds: FeedFile[];
  truth: TruthLine[];
  reviews: ReviewCase[];
  summary: CountySummary;
}

export interface CountySummary {
  seed: number;
  asOf: IsoDate;
  people: number;
  households: number;
  adults: number;
  victims: number;
  knownToService: number;
  referred: number;
  rows: Record<GeneratedFeed, number>;
  bad: number;
  agencies: Record<string, Partial<Record<GeneratedFeed, number>>>;
  traditions: Partial<Record<Tradition, number>>;
}

/** A whole county in memory. */
export type County = CountyPart;

export function emptyCounty({ seed, asOf = AS_OF }: CountyOptions): County {
  const rows = { housing: 0, arrears: 0, asb: 0, homelessness: 0, 'dv-service': 0, 'marac-referral': 0 };
  const counts = { people: 0, households: 0, adults: 0, victims: 0, knownToService: 0, referred: 0, bad: 0 };
  return {
    people: [],
    feeds: [],
    truth: [],
    reviews: [],
    summary: { seed, asOf, ...counts, rows, agencies: {}, traditions: {} },
  };
}

/** Who in these households is what in an abuse situation. */
export function truthOfPeople(households: readonly Household[], situations: readonly Situation[]): PersonTruth[] {
  const roles = new Map<string, AbuseRole>();
  for (const { victim, perpetrator, children } of situations) {
    for (const child of children) roles.set(child.id, 'child');
    roles.set(victim.id, 'victim').set(perpetrator.id, 'perpetrator');
  }
  return households.flatMap(({ members }) =>
    members.map(({ id, tradition, household }) => ({
      personId: id,
      tradition,
      household,
      role: roles.get(id) ?? 'none',
    })),
  );
}
