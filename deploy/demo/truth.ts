import { parse } from 'csv-parse/sync';
import type { County } from '../../apps/connector/src/generating/index.js';

/** A record–subject pair as `mash matches export` writes it. */
export interface ExportedPair {
  match_id: string;
  subject_id: string;
  subject_agency: string;
  subject_feed: string;
  subject_ref: string;
  subject_part: string;
  agency: string;
  feed: string;
  record_ref: string;
  part: string;
  match_weight: string;
  status: string;
}

const SUBJECT_FEEDS = new Set(['dv-service', 'marac-referral']);

/** The generator's truth, held against what the hub proposed. */
export class Truth {
  private readonly personOf = new Map<string, string>();
  private readonly traditionOf = new Map<string, string>();
  private readonly subjects = new Map<string, string[]>();
  private readonly records = new Map<string, string[]>();

  constructor(county: County) {
    for (const { personId, tradition } of county.people) this.traditionOf.set(personId, tradition);
    for (const { agency, feed, recordRef, personId, part } of county.truth) {
      if (part === 'bad') continue;
      const key = `${agency}|${feed}|${recordRef}|${part}`;
      this.personOf.set(key, personId);
      push(SUBJECT_FEEDS.has(feed) ? this.subjects : this.records, personId, key);
    }
  }

  person(agency: string, feed: string, ref: string, part: string): string | undefined {
    return this.personOf.get(`${agency}|${feed}|${ref}|${part}`);
  }

  isTrue(pair: ExportedPair): boolean {
    const subject = this.person(pair.subject_agency, pair.subject_feed, pair.subject_ref, pair.subject_part);
    return subject !== undefined && subject === this.person(pair.agency, pair.feed, pair.record_ref, pair.part);
  }

  /** Precision and recall of the pairs proposed outright; missed ones as a share of the true ones, by naming tradition. */
  judge(pairs: ExportedPair[]) {
    const proposed = pairs.filter(({ status }) => status === 'proposed' || status === 'linked');
    const found = new Set(proposed.filter((pair) => this.isTrue(pair)).map(keyOf));
    const shown = new Set(pairs.filter((pair) => this.isTrue(pair)).map(keyOf));
    const byOrigin = new Map<string, { all: number; missed: number }>();
    let all = 0;
    let shownTrue = 0;
    for (const [person, key] of this.truePairs()) {
      all++;
      const origin = this.traditionOf.get(person) ?? 'unknown';
      const tally = byOrigin.get(origin) ?? { all: 0, missed: 0 };
      byOrigin.set(origin, { all: tally.all + 1, missed: tally.missed + (found.has(key) ? 0 : 1) });
      if (shown.has(key)) shownTrue++;
    }
    return {
      proposed: proposed.length,
      closerLook: pairs.length - proposed.length,
      precision: round(found.size / Math.max(1, new Set(proposed.map(keyOf)).size)),
      recall: round(found.size / Math.max(1, all)),
      recallShown: round(shownTrue / Math.max(1, all)),
      truePairs: all,
      missedByOrigin: Object.fromEntries(
        [...byOrigin].sort().map(([origin, { all: n, missed }]) => [origin, round(missed / n)]),
      ),
    };
  }

  /** Every pair the hub should find: subject and record of one person, and two subjects of one person once. */
  private *truePairs(): Generator<[person: string, key: string]> {
    for (const [person, subjects] of this.subjects) {
      for (const subject of subjects)
        for (const record of this.records.get(person) ?? []) yield [person, `${subject}~${record}`];
      for (const [i, a] of subjects.entries())
        for (const b of subjects.slice(i + 1)) if (recordOf(a) !== recordOf(b)) yield [person, unordered(a, b)];
    }
  }
}

/** The CSV of `mash matches export`, a pair a line. */
export function readExport(csv: string): ExportedPair[] {
  return parse(csv, { columns: true, bom: true }) as ExportedPair[];
}

function keyOf(pair: ExportedPair): string {
  const subject = `${pair.subject_agency}|${pair.subject_feed}|${pair.subject_ref}|${pair.subject_part}`;
  const record = `${pair.agency}|${pair.feed}|${pair.record_ref}|${pair.part}`;
  return SUBJECT_FEEDS.has(pair.feed) ? unordered(subject, record) : `${subject}~${record}`;
}

const unordered = (a: string, b: string) => (a < b ? `${a}~${b}` : `${b}~${a}`);
const recordOf = (key: string) => key.slice(0, key.lastIndexOf('|'));
const round = (value: number) => Math.round(value * 10_000) / 10_000;

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
