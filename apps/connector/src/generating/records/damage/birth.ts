import { dateText, isPlausibleBirth, TODAY } from '../calendar.js';
import type { Resident } from '../population/resident.js';
import { digitSwapped, otherDigit } from './digits.js';
import { RATES } from './rates.js';
import { errs, type Writing } from './writing.js';

const rates = RATES.birth;
const DEFAULTS = ['1900-01-01', '1900-01-01', '1901-01-01', '1970-01-01'];

/** A birth date as one record has it: ISO, only year or year and month, or empty. Full dates are real days up to today. */
export function writtenBirth(writing: Writing, person: Resident): string {
  const { random } = writing;
  const { bornOn } = person;
  if (errs(writing, rates.missing)) return '';
  // Where the year is all that is known, many systems store its first day.
  if (errs(writing, rates.firstJanuary)) return `${bornOn.slice(0, 4)}-01-01`;
  if (errs(writing, rates.defaultDate)) return random.pick(DEFAULTS);
  if (errs(writing, rates.partial)) return bornOn.slice(0, random.chance(0.6) ? 4 : 7);
  const wrong = garbled(writing, person);
  return isPlausibleBirth(wrong) ? wrong : bornOn;
}

function garbled(writing: Writing, { bornOn, born }: Resident): string {
  const { random } = writing;
  const [year, month, day] = [bornOn.slice(0, 4), bornOn.slice(5, 7), bornOn.slice(8)];
  if (errs(writing, rates.swapped)) return `${year}-${day}-${month}`;
  if (errs(writing, rates.digit)) return otherDigit(random, bornOn, random.pick([2, 3, 3, 6, 8, 9, 9]));
  if (errs(writing, rates.transposed)) {
    const part = random.pick(['year', 'month', 'day'] as const);
    if (part === 'year') return `${year.slice(0, 2)}${digitSwapped(year.slice(2))}-${month}-${day}`;
    return part === 'month' ? `${year}-${digitSwapped(month)}-${day}` : `${year}-${month}-${digitSwapped(day)}`;
  }
  if (errs(writing, rates.nearYear)) return `${Number(year) + random.pick([-10, -1, -1, 1, 1, 10])}-${month}-${day}`;
  if (errs(writing, rates.dayOff)) return dateText(Math.min(TODAY, born + random.pick([-1, 1])));
  return bornOn;
}
