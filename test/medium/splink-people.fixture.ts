import { inventedPeople } from '../../libs/linkage/src/linking/invented-people.fixture.js';
import { seededRandom } from '../../libs/linkage/src/training/random-pairs.js';

export type Row = Record<string, string>;

const TOWNS = ['Madeup', 'Nowhere-on-Sea', 'St Invented', 'Pretend', 'Fictive'];
const TRADES = ['weaver', 'baker of bread', 'master baker', 'inventor', 'teacher'];

/** Invented people with a column for every kind of comparison, one word in each name, whole dates. */
export function plainPeople(people: number, seed: number): Row[] {
  const { rows, person } = inventedPeople(people, 3, seed);
  const random = seededRandom(seed + 1);
  return rows.map((row, at) => {
    const who = person[at]!;
    const digits = (by: number): string => String(10_000_000 + ((who * by) % 89_999_999));
    const odd = (share: number): boolean => random() < share;
    const nhs = `99${digits(7919)}`;
    return {
      id: `r${at}`,
      ...row,
      town: odd(0.1) ? TOWNS[at % 5]! : TOWNS[who % 5]!,
      sex: odd(0.05) ? '' : who % 2 === 0 ? 'F' : 'M',
      nhs: odd(0.3) ? '' : odd(0.1) ? `${nhs.slice(0, 4)}0${nhs.slice(5)}` : nhs,
      phone: odd(0.4) ? '' : `077${digits(104_729)}`,
      trade: odd(0.2) ? '' : odd(0.2) ? TRADES[at % 5]! : TRADES[who % 5]!,
      tenure: odd(0.1) ? '' : ['owner', 'tenant', 'lodger'][odd(0.1) ? at % 3 : who % 3]!,
      note: odd(0.5) ? '' : `met near ${TOWNS[who % 5]!} about the ${TRADES[(who + (odd(0.3) ? 1 : 0)) % 5]!}`,
    };
  });
}

/** The same with what real files are full of: accents, hyphens, titles, further names, blanks, partial dates, commas, quotes. */
export function awkwardPeople(people: number, seed: number): Row[] {
  const random = seededRandom(seed + 2);
  return plainPeople(people, seed).map((row, at) => {
    const odd = (share: number): boolean => random() < share;
    const made = { ...row };
    if (odd(0.08)) made['given_name'] = made['given_name']!.replace(/[aeo]/, (v) => ({ a: 'á', e: 'é', o: 'ö' })[v]!);
    if (odd(0.06)) made['given_name'] = `Mr ${made['given_name']!} ${['Jo-Ann', 'P.', 'Kaur', 'Singh Jo'][at % 4]!}`;
    if (odd(0.04)) made['given_name'] = made['given_name']!.slice(0, 1);
    if (odd(0.06)) made['surname'] = `O'${made['surname']!}`;
    if (odd(0.06)) made['surname'] = `${made['surname']!}-Invented`;
    if (odd(0.04)) made['surname'] = `de la ${made['surname']!.toUpperCase()}`;
    if (odd(0.05)) [made['given_name'], made['surname']] = [made['surname']!, made['given_name']!];
    if (odd(0.04)) made['surname'] = '';
    if (odd(0.1)) made['dob'] = made['dob']!.slice(0, odd(0.5) ? 4 : 7);
    if (odd(0.05)) made['dob'] = made['dob']!.split('-').reverse().join('/');
    if (odd(0.04)) made['dob'] = made['dob']!.replace(/-\d\d-\d\d$/, '-01-01');
    if (odd(0.15)) made['address'] = `Flat 2, ${made['address']!}`;
    if (odd(0.1)) made['address'] = made['address']!.replace('Road', 'Rd').replace('Street', 'St.');
    if (odd(0.05)) made['address'] = `"The Cottage", ${made['address']!}`;
    if (odd(0.1)) made['postcode'] = made['postcode']!.replace(' ', '').toLowerCase();
    if (odd(0.1)) made['postcode'] = made['postcode']!.replace(/.$/, 'Z');
    if (odd(0.1)) made['phone'] = made['phone']!.replace(/^0/, '+44 ');
    if (odd(0.1)) made['email'] = made['email']!.toUpperCase().replace('.ORG', odd(0.5) ? '.COM' : '.ORG');
    if (odd(0.1)) made['nhs'] = made['nhs']!.replace(/^(...)(...)/, '$1 $2 ');
    if (odd(0.05)) made['town'] = `${made['town']!.toUpperCase()} `;
    return made;
  });
}

/** As a CSV file; the engine and Splink read a cell of blanks alike as what is in it. */
export function csvOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0]!);
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${[names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((one) => one.map(cell).join(',')).join('\n')}\n`;
}

/** Every kind of comparison. */
export const EVERY_KIND = [
  { columns: ['given_name', 'surname'], kind: 'name' },
  { columns: ['dob'], kind: 'date' },
  { columns: ['address', 'town'], kind: 'address' },
  { columns: ['postcode'], kind: 'postcode' },
  { columns: ['email'], kind: 'email' },
  { columns: ['phone'], kind: 'phone' },
  { columns: ['nhs'], kind: 'identifier' },
  { columns: ['sex'], kind: 'exact' },
  { columns: ['trade'], kind: 'category' },
  { columns: ['tenure'], kind: 'category' },
  { columns: ['note'], kind: 'text' },
] as const;
