import { isRealDate, type IsoDate } from '../dates.js';
import type { Random } from '../random.js';
import { RATES } from './rates.js';

const rates = RATES.birth;
const missing = { careful: RATES.careful.birthMissing, usual: rates.missing, poor: RATES.poor.birthMissing };

/** How well a person's details were asked for. */
export type Care = keyof typeof missing;

/** A birth date as an agency has it: undefined when it was not taken; never after `notAfter`, always a real date. */
export function recordedBirth(random: Random, born: IsoDate, notAfter: IsoDate, care: Care): string | undefined {
  if (random.chance(missing[care])) return undefined;
  if (random.chance(care === 'poor' ? RATES.poor.yearOnly : rates.yearOnly)) return born.slice(0, 4);
  const wrong = garbled(random, born);
  return isRealDate(wrong) && wrong <= notAfter ? wrong : born;
}

function garbled(random: Random, born: IsoDate): string {
  const [year, month, day] = born.split('-') as [string, string, string];
  if (random.chance(rates.swapped)) return `${year}-${day}-${month}`;
  if (random.chance(rates.firstJanuary)) return `${year}-01-01`;
  if (!random.chance(rates.wrongDigit)) return born;
  // Last digits slip most; a date that does not exist is caught by the form it is typed into, so another is tried.
  for (let tries = 0; tries < 8; tries++) {
    const at = random.pick([2, 3, 3, 6, 8, 9, 9]);
    const wrong = born.slice(0, at) + String((Number(born[at]) + random.int(1, 9)) % 10) + born.slice(at + 1);
    if (isRealDate(wrong)) return wrong;
  }
  return born;
}
