import { AS_OF, emptyCounty, truthOfPeople, type County, type CountyOptions, type CountyPart } from './county.js';
import { reviewCases } from './histories/histories.js';
import { makeHouseholds } from './people/households.js';
import type { Household } from './people/person.js';
import { World } from './people/world.js';
import { Random } from './random.js';
import { arrearsRows } from './rows/arrears.js';
import { asbRows } from './rows/asb.js';
import { dvServiceRows } from './rows/dv-service.js';
import { homelessnessAfterAbuse, homelessnessRows } from './rows/homelessness.js';
import { housingRows, tenanciesOf } from './rows/housing.js';
import { maracReferralRows } from './rows/marac-referral.js';
import { References, type Desk, type MadeRow } from './rows/row.js';
import { spoiled, SPOILED } from './rows/spoil.js';
import { findSituations } from './situations/find.js';
import type { Situation } from './situations/situation.js';
import { addSummary, summarise } from './summary.js';

/** People made at a time. Rows are shuffled within it, so a county of this size or less is in no order at all. */
const PART = 25_000;

/**
 * A made-up county in memory: people, what every agency holds of them (with errors), and who is truly who.
 * Pure: the same options give the same county. Some 13 MB kept for 20,000 people; for very many, stream `countyParts`.
 */
export function generateCounty(options: CountyOptions): County {
  const county = emptyCounty(options);
  const files = new Map<string, County['feeds'][number]>();
  for (const part of countyParts(options)) {
    append(county.people, part.people);
    append(county.truth, part.truth);
    append(county.reviews, part.reviews);
    for (const file of part.feeds) {
      const key = `${file.agency}/${file.feed}`;
      const whole = files.get(key) ?? { agency: file.agency, feed: file.feed, rows: [] };
      append(whole.rows, file.rows);
      files.set(key, whole);
    }
    addSummary(county.summary, part.summary);
  }
  county.feeds = [...files.values()].sort((a, b) => (`${a.agency}/${a.feed}` < `${b.agency}/${b.feed}` ? -1 : 1));
  return county;
}

/** The same county in stretches of whole households, each made when it is asked for. Throws RangeError for no people. */
export function* countyParts(options: CountyOptions): Generator<CountyPart> {
  const { people, seed, asOf = AS_OF } = options;
  if (!Number.isSafeInteger(people) || people < 1) throw new RangeError('a county needs at least one person');
  const random = new Random(`county/${seed}`);
  const world = new World(random.fork('people'), asOf);
  const references = new References();
  for (let made = 0, part = 0; made < people; part++) {
    const count = Math.min(PART, people - made);
    const desk: Desk = { random: random.fork(`rows/${part}`), asOf, references };
    const households = makeHouseholds(world, count);
    made += count;
    yield assemble(
      desk,
      households,
      findSituations(random.fork(`abuse/${part}`), households, asOf),
      options,
      part === 0,
    );
  }
}

function assemble(
  desk: Desk,
  households: Household[],
  situations: Situation[],
  options: CountyOptions,
  withReviews: boolean,
): CountyPart {
  const part = emptyCounty(options);
  const rows = makeRows(desk, households, situations).map((made) =>
    desk.random.chance(SPOILED) ? spoiled(desk.random, made) : made,
  );
  const files = new Map<string, CountyPart['feeds'][number]>();
  for (const { agency, feed, row, named } of desk.random.shuffled(rows)) {
    const key = `${agency}/${feed}`;
    let file = files.get(key);
    if (!file) files.set(key, (file = { agency, feed, rows: [] }));
    file.rows.push(row);
    for (const { part: where, person } of named) {
      part.truth.push({ agency, feed, recordRef: row.recordRef, personId: person.id, part: where });
    }
  }
  part.feeds = [...files.values()];
  part.people = truthOfPeople(households, situations);
  part.reviews = withReviews ? reviewCases(desk, situations) : [];
  summarise(part, desk.asOf, households, situations);
  return part;
}

function makeRows(desk: Desk, households: Household[], situations: Situation[]): MadeRow[] {
  const rows: MadeRow[] = [];
  const troubled = new Set(situations.map((situation) => situation.household));
  for (const household of households) {
    for (const tenancy of tenanciesOf(desk, household))
      rows.push(...housingRows(desk, tenancy), ...arrearsRows(desk, tenancy));
    rows.push(...asbRows(desk, household, households, troubled.has(household)), ...homelessnessRows(desk, household));
  }
  for (const situation of situations) {
    rows.push(...dvServiceRows(desk, situation), ...maracReferralRows(desk, situation));
    rows.push(...homelessnessAfterAbuse(desk, situation));
  }
  return rows;
}

/** `push(...)` overflows the stack on long lists. */
function append<T>(to: T[], from: readonly T[]): void {
  for (const item of from) to.push(item);
}
