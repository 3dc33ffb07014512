import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { AGENCIES, parseRow, peopleIn } from '#contracts';
import { countyParts, generateCounty, type County, type TruthLine } from './index.js';

const PEOPLE = 20_000;
/** The clock of the day the county is looked at: whenever the tests run, no date may be ahead of it. */
const now = new Date('2026-11-01T12:00:00Z');

describe('a county of 20,000 people', () => {
  let county: County;
  let seconds: number;
  const truthOf = new Map<string, TruthLine[]>();
  const key = (line: { agency: string; feed: string; recordRef: string }) =>
    `${line.agency} ${line.feed} ${line.recordRef}`;

  beforeAll(() => {
    const started = performance.now();
    county = generateCounty({ people: PEOPLE, seed: 1 });
    seconds = (performance.now() - started) / 1000;
    for (const line of county.truth) truthOf.set(key(line), [...(truthOf.get(key(line)) ?? []), line]);
  });

  const share = (count: number, of: number) => count / of;

  it('is made in seconds', () => {
    expect(seconds).toBeLessThan(6);
  });

  it('has rows in the proportions of a real one', () => {
    const { rows, people, adults, victims, knownToService, referred, bad } = county.summary;
    expect(people).toBe(PEOPLE);
    expect(county.people).toHaveLength(PEOPLE);
    const near = (value: number, goal: number, slack: number) =>
      expect(Math.abs(value - goal) / goal).toBeLessThan(slack);
    near(rows.housing, 5000, 0.15);
    near(rows.arrears, 1200, 0.2);
    near(rows.asb, 600, 0.2);
    near(rows.homelessness, 300, 0.2);
    expect(rows['dv-service']).toBeGreaterThan(400);
    expect(rows['marac-referral']).toBeGreaterThan(55);
    near(adults, PEOPLE * 0.76, 0.07);
    near(victims, adults * 0.015, 0.02);
    near(knownToService, victims * 0.7, 0.15);
    near(referred, victims * 0.3, 0.25);
    near(bad, Object.values(rows).reduce((a, b) => a + b) * 0.005, 0.4);
  });

  it('has people of many naming traditions, most of them British', () => {
    const { traditions } = county.summary;
    expect(Object.keys(traditions)).toHaveLength(12);
    expect(share(traditions.british ?? 0, PEOPLE)).toBeGreaterThan(0.7);
    expect(Math.min(...Object.values(traditions))).toBeGreaterThan(100);
  });

  it('sends only what each agency may send', () => {
    for (const { agency, feed } of county.feeds) {
      expect(AGENCIES.find((a) => a.id === agency)?.feeds).toContain(feed);
    }
    const transferred = county.feeds.filter(({ agency }) => ['gedling', 'rushcliffe'].includes(agency));
    expect(transferred.map(({ feed }) => feed)).not.toContain('housing');
  });

  it('every good row is taken whole, every broken one is refused, and the truth names everybody in it', () => {
    const problems: unknown[] = [];
    let refused = 0;
    for (const { agency, feed, rows } of county.feeds) {
      for (const row of rows) {
        const truth = truthOf.get(key({ agency, feed, recordRef: row.recordRef })) ?? [];
        const result = parseRow(feed, structuredClone(row), { now });
        if (truth.some((line) => line.part === 'bad')) {
          refused++;
          if (result.ok || truth.length !== 1) problems.push({ agency, feed, why: 'broken row taken' });
        } else if (!result.ok) problems.push({ agency, feed, errors: result.errors });
        else if (result.fieldProblems.length > 0) problems.push({ agency, feed, fields: result.fieldProblems });
        else if (!result.deleted) {
          const named = peopleIn(feed, result.row).map((one) => one.part);
          if (named.join() !== truth.map((line) => line.part).join()) problems.push({ agency, feed, named, truth });
        }
      }
    }
    expect(problems.slice(0, 3)).toEqual([]);
    expect(refused).toBe(county.summary.bad);
  });

  it('gives every record its own reference and every truth line a person of the county', () => {
    const references = county.feeds.flatMap(({ agency, feed, rows }) =>
      rows.map((row) => `${agency} ${feed} ${row.recordRef}`),
    );
    expect(new Set(references).size).toBe(references.length);
    expect(new Set(references)).toEqual(new Set(truthOf.keys()));
    const ids = new Set(county.people.map((person) => person.personId));
    expect(county.truth.filter((line) => !ids.has(line.personId))).toEqual([]);
  });

  it('rows stand in no order: neither households nor references rise', () => {
    const housing = county.feeds.find(({ agency, feed }) => agency === 'mansfield' && feed === 'housing')!.rows;
    const people = housing.map(
      (row) => truthOf.get(key({ agency: 'mansfield', feed: 'housing', recordRef: row.recordRef }))![0]!.personId,
    );
    const rises = people.filter((id, i) => i > 0 && id > people[i - 1]!).length;
    expect(Math.abs(share(rises, people.length) - 0.5)).toBeLessThan(0.1);
  });

  it('consents of the service are given, withdrawn, refused or not asked, with a scope', () => {
    const rows = county.feeds.find(({ feed }) => feed === 'dv-service')!.rows as {
      consent?: { status: string; scope?: object };
    }[];
    const statuses = new Set(rows.map((row) => row.consent?.status).filter(Boolean));
    expect(statuses).toEqual(new Set(['given', 'withdrawn', 'refused', 'not-asked']));
    for (const { consent } of rows) {
      if (consent?.status === 'given')
        expect(Object.keys(consent.scope ?? {})).toEqual(['purposes', 'recipients', 'categories']);
    }
  });

  it('nobody in a refuge has an address in the service’s rows', () => {
    const rows = county.feeds.find(({ feed }) => feed === 'dv-service')!.rows as {
      serviceType?: string;
      person: { addresses?: unknown };
    }[];
    const inRefuge = rows.filter((row) => row.serviceType === 'refuge');
    expect(inRefuge.length).toBeGreaterThan(0);
    expect(inRefuge.filter((row) => row.person.addresses)).toEqual([]);
  });

  it('answers of every agency to a review parse, with events where it knew the person', () => {
    expect(county.reviews).toHaveLength(3);
    for (const { answers, died } of county.reviews) {
      expect(new Set(answers.map((answer) => answer.agency))).toEqual(new Set(AGENCIES.map((agency) => agency.id)));
      for (const { row } of answers) {
        expect(parseRow('agency-history', structuredClone(row), { now })).toMatchObject({
          ok: true,
          fieldProblems: [],
        });
        for (const event of row.events ?? []) expect(event.start <= died).toBe(true);
      }
      const known = answers.filter(({ row }) => row.known === 'yes');
      expect(known.length).toBeGreaterThan(4);
      expect(known.flatMap(({ row }) => row.events ?? []).length).toBeGreaterThan(8);
    }
  });

  it('a victim’s and perpetrator’s roles are told apart', () => {
    const count = (role: string) => county.people.filter((person) => person.role === role).length;
    expect(count('victim')).toBe(county.summary.victims);
    expect(count('perpetrator')).toBe(county.summary.victims);
    expect(count('child')).toBeGreaterThan(50);
  });
});

describe('generateCounty', () => {
  const digest = (county: County) => createHash('sha256').update(JSON.stringify(county)).digest('hex');

  it('gives the same bytes for the same seed, and another county for another', () => {
    expect(digest(generateCounty({ people: 800, seed: 5 }))).toBe(digest(generateCounty({ people: 800, seed: 5 })));
    expect(digest(generateCounty({ people: 800, seed: 5 }))).not.toBe(digest(generateCounty({ people: 800, seed: 6 })));
  });

  it.each([1, 2, 7, 60])('makes even %i people', (people) => {
    for (let seed = 0; seed < 20; seed++) expect(generateCounty({ people, seed }).people).toHaveLength(people);
  });

  it('refuses a county of nobody', () => {
    expect(() => generateCounty({ people: 0, seed: 1 })).toThrow(RangeError);
  });

  it('makes a large county in parts whose people and references do not meet', () => {
    const people = new Set<string>();
    const references = new Set<string>();
    let rows = 0;
    for (const part of countyParts({ people: 60_000, seed: 3 })) {
      for (const person of part.people) people.add(person.personId);
      for (const file of part.feeds) {
        rows += file.rows.length;
        for (const row of file.rows) references.add(`${file.agency} ${file.feed} ${row.recordRef}`);
      }
    }
    expect(people.size).toBe(60_000);
    expect(references.size).toBe(rows);
  });
});
