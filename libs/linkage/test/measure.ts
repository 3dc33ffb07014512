import {
  blockingKeys,
  classify,
  type LinkageModel,
  NameFrequencies,
  prepare,
  type PreparedPerson,
  scorePair,
  type SubjectMatch,
  SubjectIndex,
} from '../src/index.js';
import type { Mention } from './county-people.js';

export interface Rates {
  /** Of the pairs shown, those that are true. */
  precision: number;
  /** Of the true pairs, those shown. */
  recall: number;
  truePairs: number;
}

export interface Measured {
  proposed: Rates;
  /** Proposed and closer look together. */
  shown: Rates;
  /** True pairs that share a blocking key, of all. */
  blocking: number;
  /** The same of the true pairs that would be proposed if they were compared. */
  blockingOfLikely: number;
  mostKeys: number;
  meanKeys: number;
  recordsPerSecond: number;
  byTradition: Record<string, { proposed: Rates; shown: Rates }>;
  /** False proposals and missed true pairs, for looking at by hand. */
  wrong: { subject: Mention; record: Mention; match: SubjectMatch }[];
  missed: { subject: Mention; record: Mention }[];
}

interface Tally {
  true: number;
  proposed: number;
  proposedTrue: number;
  shown: number;
  shownTrue: number;
}

/**
 * Every record of a county against every person of its service and referral rows (not against the row it came from).
 * The frequencies are the default table's and, as in a hub that has run a while, the county's own records'.
 */
export function measure(model: LinkageModel, mentions: Mention[], ownFrequencies = true): Measured {
  const prepared = mentions.map(({ person }) => prepare(person));
  const frequencies = new NameFrequencies();
  if (ownFrequencies) for (const person of prepared) frequencies.add(person);
  const index = new SubjectIndex(model, frequencies);
  const subjects = new Map<string, number[]>();
  mentions.forEach((mention, at) => {
    if (!mention.isSubject) return;
    index.upsert(String(at), prepared[at]!);
    subjects.set(mention.personId, [...(subjects.get(mention.personId) ?? []), at]);
  });

  const tallies = new Map<string, Tally>();
  const wrong: Measured['wrong'] = [];
  const missed: Measured['missed'] = [];
  let blocked = 0;
  let inBlocks = 0;
  let likely = 0;
  let likelyInBlocks = 0;
  const started = performance.now();
  const found = prepared.map((person) => index.match(person));
  const seconds = (performance.now() - started) / 1000;

  mentions.forEach((record, at) => {
    const wanted = (subjects.get(record.personId) ?? []).filter((other) => mentions[other]!.row !== record.row);
    const tally = tallyOf(tallies, record.tradition);
    tally.true += wanted.length;
    const shown = new Set<number>();
    for (const match of found[at]!) {
      const subject = mentions[Number(match.subjectId)]!;
      if (subject.row === record.row) continue;
      const proposed = classify(model, match.score.weight) === 'proposed';
      const right = subject.personId === record.personId;
      tally.shown++;
      if (right) tally.shownTrue++;
      if (proposed) tally.proposed++;
      if (proposed && right) tally.proposedTrue++;
      if (proposed && !right) wrong.push({ subject, record, match });
      if (proposed) shown.add(Number(match.subjectId));
    }
    for (const other of wanted) {
      blocked++;
      const inBlock = sharesKey(prepared[at]!, prepared[other]!);
      if (inBlock) inBlocks++;
      if (scorePair(model, prepared[at]!, prepared[other]!, frequencies).weight >= model.thresholds.link) {
        likely++;
        if (inBlock) likelyInBlocks++;
      }
      if (!shown.has(other)) missed.push({ subject: mentions[other]!, record });
    }
  });

  const keys = prepared.map((person) => blockingKeys(person).length);
  const all = [...tallies.values()].reduce(add, empty());
  return {
    proposed: ratesOf(all.proposedTrue, all.proposed, all.true),
    shown: ratesOf(all.shownTrue, all.shown, all.true),
    blocking: inBlocks / blocked,
    blockingOfLikely: likelyInBlocks / likely,
    mostKeys: Math.max(...keys),
    meanKeys: keys.reduce((sum, count) => sum + count, 0) / keys.length,
    recordsPerSecond: prepared.length / seconds,
    byTradition: Object.fromEntries(
      [...tallies].map(([tradition, tally]) => [
        tradition,
        {
          proposed: ratesOf(tally.proposedTrue, tally.proposed, tally.true),
          shown: ratesOf(tally.shownTrue, tally.shown, tally.true),
        },
      ]),
    ),
    wrong,
    missed,
  };
}

function sharesKey(a: PreparedPerson, b: PreparedPerson): boolean {
  const keys = new Set(blockingKeys(a));
  return blockingKeys(b).some((key) => keys.has(key));
}

function tallyOf(tallies: Map<string, Tally>, tradition: string): Tally {
  let tally = tallies.get(tradition);
  if (!tally) tallies.set(tradition, (tally = empty()));
  return tally;
}

function empty(): Tally {
  return { true: 0, proposed: 0, proposedTrue: 0, shown: 0, shownTrue: 0 };
}

function add(a: Tally, b: Tally): Tally {
  return {
    true: a.true + b.true,
    proposed: a.proposed + b.proposed,
    proposedTrue: a.proposedTrue + b.proposedTrue,
    shown: a.shown + b.shown,
    shownTrue: a.shownTrue + b.shownTrue,
  };
}

function ratesOf(right: number, shown: number, truePairs: number): Rates {
  return { precision: shown === 0 ? 1 : right / shown, recall: truePairs === 0 ? 1 : right / truePairs, truePairs };
}
