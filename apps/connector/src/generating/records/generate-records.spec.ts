import { beforeAll, describe, expect, it } from '@jest/globals';
import { checkDigit } from '../people/identifiers.js';
import { isPlausibleBirth } from './calendar.js';
import { generateRecords, type PersonRecords } from './generate-records.js';
import { RECORD_COLUMNS, type RecordRow } from './record.js';

const RECORDS = 60_000;
const POSTCODE = /^[A-Z]{1,2}\d{1,2} ?(\d([ABD-HJLNP-UW-Z]{2})?)?$/;

describe('60,000 records of a British population', () => {
  let people: PersonRecords[];
  let rows: RecordRow[];

  beforeAll(() => {
    people = [...generateRecords({ records: RECORDS, seed: 4 })];
    rows = people.flatMap((person) => person.rows);
  });

  const share = (which: (row: RecordRow) => boolean) => rows.filter(which).length / rows.length;
  const between = (value: number, low: number, high: number) => {
    expect(value).toBeGreaterThan(low);
    expect(value).toBeLessThan(high);
  };
  const surname = (row: RecordRow) => row.surname.toLowerCase();

  it('are as many as asked for, each id once', () => {
    expect(rows).toHaveLength(RECORDS);
    expect(new Set(rows.map((row) => row.id)).size).toBe(RECORDS);
    expect(rows.map((row) => row.id).sort()[RECORDS - 1]).toBe('r059999');
    expect(Object.keys(rows[0] as RecordRow)).toEqual([...RECORD_COLUMNS]);
  });

  it('show most people once and nobody more than four times; three rows in ten are repeats', () => {
    between((RECORDS - people.length) / RECORDS, 0.29, 0.31);
    between(people.filter((person) => person.rows.length === 1).length / people.length, 0.67, 0.71);
    expect(Math.max(...people.map((person) => person.rows.length))).toBe(4);
  });

  it('have their repeats anywhere in the file', () => {
    const apart = people.flatMap(({ rows: [one, other] }) =>
      one && other ? [Math.abs(Number(one.id.slice(1)) - Number(other.id.slice(1)))] : [],
    );
    between(apart.reduce((sum, distance) => sum + distance, 0) / apart.length / RECORDS, 0.32, 0.35);
  });

  it('lack what a council export lacks, in such shares', () => {
    between(
      share((row) => !row.date_of_birth),
      0.03,
      0.05,
    );
    between(
      share((row) => !row.postcode),
      0.025,
      0.06,
    );
    between(
      share((row) => !row.phone),
      0.42,
      0.55,
    );
    between(
      share((row) => !row.email),
      0.55,
      0.65,
    );
    between(
      share((row) => !row.nhs_number),
      0.77,
      0.83,
    );
    between(
      share((row) => row.date_of_birth.endsWith('-01-01')),
      0.015,
      0.04,
    );
  });

  it('keep names as common and as rare as they are', () => {
    between(
      share((row) => surname(row) === 'smith'),
      0.007,
      0.014,
    );
    const distinct = new Set(rows.map(surname));
    expect(distinct.size).toBeGreaterThan(10_000);
    between(
      share((row) => /^mohamm?[ae]d$|^muhamm[ae]d$/i.test(row.forename)),
      0.001,
      0.02,
    );
  });

  it('give full birth dates that exist, and postcodes of the right shape', () => {
    for (const { date_of_birth: born } of rows) if (born.length === 10) expect(isPlausibleBirth(born)).toBe(true);
    expect(rows.filter((row) => row.postcode && !POSTCODE.test(row.postcode)).map((row) => row.postcode)).toEqual([]);
  });

  it('have valid NHS numbers, the same on all records of a person and on nobody else’s', () => {
    const owner = new Map<string, number>();
    for (const { rows: seen, person } of people) {
      for (const { nhs_number: number } of seen.filter((row) => row.nhs_number)) {
        expect(checkDigit(number.slice(0, 9))).toBe(Number(number[9]));
        expect(owner.get(number) ?? person).toBe(person);
        owner.set(number, person);
      }
    }
  });

  it('agree mostly, never always, between records of one person', () => {
    const pairs = people.flatMap(({ rows: [one, other] }) => (one && other ? [[one, other] as const] : []));
    const agreeing = (read: (row: RecordRow) => string) =>
      pairs.filter(([one, other]) => read(one) && read(one) === read(other)).length / pairs.length;
    between(agreeing(surname), 0.85, 0.95);
    between(
      agreeing((row) => row.forename.toLowerCase()),
      0.7,
      0.9,
    );
    between(
      agreeing((row) => row.date_of_birth),
      0.78,
      0.95,
    );
    between(
      agreeing((row) => row.postcode.replace(' ', '')),
      0.6,
      0.85,
    );
  });

  it('err together where a record is badly kept', () => {
    const lacks = (['town', 'sex', 'date_of_birth', 'title'] as const).map(
      (column) => (row: RecordRow) => !row[column],
    );
    let together = 0;
    let ifByChance = 0;
    for (const [i, one] of lacks.entries()) {
      for (const other of lacks.slice(i + 1)) {
        together += share((row) => one(row) && other(row));
        ifByChance += share(one) * share(other);
      }
    }
    expect(together / ifByChance).toBeGreaterThan(1.4);
  });

  it('hold families under one roof: most who live together share the surname', () => {
    const homes = groups(people, (person) => person.household).filter((home) => home.length > 1);
    const first = (person: PersonRecords | undefined) => (person?.rows[0] ? surname(person.rows[0]) : '');
    between(homes.filter((home) => first(home[0]) === first(home[1])).length / homes.length, 0.4, 0.85);
    const postcode = (person: PersonRecords | undefined) => person?.rows[0]?.postcode.replace(' ', '');
    between(homes.filter((home) => postcode(home[0]) === postcode(home[1])).length / homes.length, 0.5, 0.95);
  });

  it('hold twins: of one birth date and surname, sometimes of one sex with names alike', () => {
    const pairs = groups(
      people.filter((person) => person.twin),
      (person) => person.household,
    ).filter((home) => home.length === 2);
    expect(pairs.length).toBeGreaterThan(60);
    const firsts = pairs.map((home) => home.map((person) => person.rows[0] as RecordRow) as [RecordRow, RecordRow]);
    const same = firsts.filter(([one, other]) => one.date_of_birth === other.date_of_birth && one.date_of_birth);
    between(same.length / pairs.length, 0.7, 1);
    const alike = same.filter(([a, b]) => a.sex === b.sex && a.forename.slice(0, 2) === b.forename.slice(0, 2));
    expect(alike.length).toBeGreaterThan(5);
    expect(same.filter(([one, other]) => one.forename === other.forename).length).toBeLessThan(5);
  });

  it('hold fathers and sons of one name', () => {
    const namesakes = groups(people, (person) => person.household).filter((home) =>
      home.some((one, i) => home.slice(i + 1).some((other) => generationApart(one.rows[0], other.rows[0]))),
    );
    expect(namesakes.length).toBeGreaterThan(30);
  });
});

describe('records of people who are seen often', () => {
  it('show everybody two to six times, heavily damaged', () => {
    for (const records of [2, 3, 5, 4001]) {
      const people = [...generateRecords({ records, seed: 1, seenOften: true })];
      const counts = people.map((person) => person.rows.length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(records);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
      expect(Math.max(...counts)).toBeLessThanOrEqual(6);
    }
    const rows = [...generateRecords({ records: 4001, seed: 1, seenOften: true })].flatMap((person) => person.rows);
    expect(rows.filter((row) => !row.date_of_birth).length / rows.length).toBeGreaterThan(0.1);
  });
});

describe('generateRecords', () => {
  it('gives the same rows for the same seed, and others for another', () => {
    const made = (seed: number) => JSON.stringify([...generateRecords({ records: 2000, seed })]);
    expect(made(7)).toBe(made(7));
    expect(made(7)).not.toBe(made(8));
  });

  it('makes a single record, and refuses none', () => {
    expect([...generateRecords({ records: 1, seed: 1 })].map(({ rows }) => rows[0]?.id)).toEqual(['r000000']);
    for (const records of [0, -1, 1.5]) expect(() => generateRecords({ records, seed: 1 }).next()).toThrow(RangeError);
  });
});

function groups(people: PersonRecords[], by: (person: PersonRecords) => number): PersonRecords[][] {
  return [...Map.groupBy(people, by).values()];
}

function generationApart(one: RecordRow | undefined, other: RecordRow | undefined): boolean {
  if (!one?.forename || !other || one.forename !== other.forename || one.surname !== other.surname) return false;
  return Math.abs(Number(one.date_of_birth.slice(0, 4)) - Number(other.date_of_birth.slice(0, 4))) > 16;
}
