import { Random } from '../random.js';
import { RATES } from './damage/rates.js';
import { sightings, writings } from './damage/writing.js';
import { permutation } from './permutation.js';
import { Contacts } from './population/contact.js';
import { population } from './population/population.js';
import { recordOf, type RecordRow } from './record.js';

export interface RecordsOptions {
  /** How many rows. */
  records: number;
  /** The same seed gives the same rows. */
  seed: number;
  /** Everybody two to six times, badly kept; otherwise most people once, three rows in ten a repeat. */
  seenOften?: boolean;
}

/** Everything the rows say of one person; every two of them are a true pair. */
export interface PersonRecords {
  rows: RecordRow[];
  /** Counts people from 0. */
  person: number;
  /** Counts households from 0; who shares it lives together. */
  household: number;
  /** One of twins. */
  twin: boolean;
}

/**
 * Flat British records with the truth, a person at a time, made when asked for, in memory that does not grow with them.
 * A row's place in the file is the number in its `id`: in order of ids the rows are shuffled. Throws RangeError for no rows.
 */
export function* generateRecords({ records, seed, seenOften = false }: RecordsOptions): Generator<PersonRecords> {
  if (!Number.isSafeInteger(records) || records < 1) throw new RangeError('there must be at least one record');
  const random = new Random(`records/${seed}`);
  const kind = seenOften ? RATES.seenOften : RATES.usual;
  const timesSeen = sightings(random.fork('sightings'), kind);
  const writing = writings(random.fork('writing'), kind);
  const contacts = new Contacts(random.fork('contacts'));
  const place = permutation(random.fork('order'), records);
  const width = Math.max(6, String(records - 1).length);
  let made = 0;
  let person = 0;
  let household = 0;
  for (const { members } of population(random.fork('people'))) {
    for (const resident of members) {
      const count = fitting(timesSeen(), records - made, seenOften);
      if (count === 0) continue;
      const rows: RecordRow[] = [];
      for (let i = 0; i < count; i++) {
        rows.push(recordOf(writing(), contacts, resident, `r${String(place(made++)).padStart(width, '0')}`));
      }
      yield { rows, person: person++, household, twin: resident.twin };
      if (made === records) return;
    }
    household++;
  }
}

/** No more rows than are left, and where everybody has two, not one left over. */
function fitting(count: number, left: number, seenOften: boolean): number {
  if (count >= left) return left;
  if (!seenOften || left - count !== 1) return count;
  return count > 2 ? count - 1 : left;
}
