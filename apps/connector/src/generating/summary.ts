import type { CountyPart, CountySummary } from './county.js';
import { ageOn, type IsoDate } from './dates.js';
import type { Household } from './people/person.js';
import type { Situation } from './situations/situation.js';

/** Fills in a part's counts. */
export function summarise(part: CountyPart, asOf: IsoDate, households: Household[], situations: Situation[]): void {
  const { summary } = part;
  const members = households.flatMap((household) => household.members);
  summary.people = members.length;
  summary.households = households.length;
  summary.adults = members.filter((person) => ageOn(person.born, asOf) >= 18).length;
  summary.victims = situations.length;
  summary.knownToService = situations.filter((situation) => situation.knownSince).length;
  summary.referred = situations.filter((situation) => situation.referrals.length > 0).length;
  summary.bad = part.truth.filter((line) => line.part === 'bad').length;
  for (const { agency, feed, rows } of part.feeds) {
    summary.rows[feed] += rows.length;
    summary.agencies[agency] = { ...summary.agencies[agency], [feed]: rows.length };
  }
  for (const { tradition } of members) summary.traditions[tradition] = (summary.traditions[tradition] ?? 0) + 1;
}

/** Adds a part's counts to those of the whole. */
export function addSummary(to: CountySummary, from: CountySummary): void {
  addCounts(to as unknown as Counts, from as unknown as Counts, ['seed', 'asOf']);
}

type Counts = { [key: string]: number | Counts };

function addCounts(to: Counts, from: Counts, except: readonly string[] = []): void {
  for (const [key, value] of Object.entries(from)) {
    if (except.includes(key)) continue;
    if (typeof value === 'number') to[key] = ((to[key] as number | undefined) ?? 0) + value;
    else addCounts((to[key] ??= {}) as Counts, value);
  }
}
