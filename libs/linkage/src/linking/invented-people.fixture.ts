import { seededRandom } from '../training/random-pairs.js';

export type InventedRow = Record<'given_name' | 'surname' | 'dob' | 'address' | 'postcode' | 'email', string>;

export interface InventedPeople {
  rows: InventedRow[];
  /** Per row whose it is. */
  person: number[];
}

const SYLLABLES = [
  'bra',
  'cor',
  'dal',
  'fen',
  'gri',
  'hol',
  'jas',
  'kel',
  'lum',
  'mor',
  'nim',
  'pol',
  'qui',
  'ros',
  'sel',
  'tam',
  'vin',
  'wex',
  'yar',
  'zod',
];
const STREETS = ['Sample', 'Example', 'Invented', 'Pretend', 'Fictive', 'Nowhere', 'Madeup', 'Unreal'];

/** People that are plainly made up, `times` records each with an error now and then; the same seed gives the same people. */
export function inventedPeople(people: number, times: number, seed: number): InventedPeople {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const number = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const word = (parts: number): string => Array.from({ length: parts }, () => pick(SYLLABLES)).join('');
  const two = (value: number): string => String(value).padStart(2, '0');
  const slip = (text: string): string => {
    if (text.length < 3) return text;
    const at = number(1, text.length - 2);
    return text.slice(0, at) + text.slice(at + 1);
  };
  const rows: InventedRow[] = [];
  const person: number[] = [];
  for (let p = 0; p < people; p++) {
    const [given, surname] = [word(2), word(3)];
    const dob = `${number(1930, 2010)}-${two(number(1, 12))}-${two(number(1, 28))}`;
    const address = `${number(1, 99)} ${pick(STREETS)} ${pick(['Road', 'Street', 'Lane', 'Close'])}`;
    const postcode = `ZZ${number(1, 9)} ${number(1, 9)}${pick(['AB', 'CD', 'EF', 'GH', 'JK'])}`;
    for (let time = 0; time < times; time++) {
      const odd = time > 0;
      rows.push({
        given_name: odd && random() < 0.15 ? slip(given) : given,
        surname: odd && random() < 0.1 ? slip(surname) : surname,
        dob: odd && random() < 0.1 ? '' : dob,
        address: odd && random() < 0.15 ? '' : address,
        postcode,
        email: random() < 0.5 ? '' : `${given}.${surname}@example.org`,
      });
      person.push(p);
    }
  }
  // In another order than they were made: records of one person are not neighbours.
  const order = rows.map((_, at) => at);
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return { rows: order.map((at) => rows[at]!), person: order.map((at) => person[at]!) };
}

export const INVENTED_COMPARISONS = [
  { columns: ['given_name', 'surname'], kind: 'name' },
  { columns: ['dob'], kind: 'date' },
  { columns: ['address'], kind: 'address' },
  { columns: ['postcode'], kind: 'postcode' },
  { columns: ['email'], kind: 'email' },
] as const;
