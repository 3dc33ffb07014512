import { type LinkageModel, NameFrequencies, prepare, SubjectIndex } from '../src/index.js';
import type { Mention } from './county-people.js';

const STEP = 0.25;
const LOWEST = -8;

export interface Curve {
  /** Bits. */
  at: number;
  precision: number;
  recall: number;
}

/** Every record against every subject of its county: what is found at and above each weight. */
export function curveOf(model: LinkageModel, counties: readonly Mention[][]): Curve[] {
  const bins = 200;
  const [found, right] = [new Float64Array(bins), new Float64Array(bins)];
  let all = 0;
  const low: LinkageModel = { ...model, thresholds: { link: LOWEST, show: LOWEST, join: LOWEST } };
  for (const mentions of counties) {
    const prepared = mentions.map(({ person }) => prepare(person));
    const frequencies = new NameFrequencies();
    for (const person of prepared) frequencies.add(person);
    const index = new SubjectIndex(low, frequencies);
    const subjects = new Map<string, number>();
    const ownRow = new Map<string, number>();
    mentions.forEach(({ isSubject, personId, row }, at) => {
      if (!isSubject) return;
      ownRow.set(`${row} ${personId}`, (ownRow.get(`${row} ${personId}`) ?? 0) + 1);
      index.upsert(String(at), prepared[at]!);
      subjects.set(personId, (subjects.get(personId) ?? 0) + 1);
    });
    mentions.forEach((record, at) => {
      all += (subjects.get(record.personId) ?? 0) - (ownRow.get(`${record.row} ${record.personId}`) ?? 0);
      for (const { subjectId, score } of index.match(prepared[at]!)) {
        const subject = mentions[Number(subjectId)]!;
        if (subject.row === record.row) continue;
        const bin = Math.min(bins - 1, Math.floor((score.weight - LOWEST) / STEP));
        found[bin]!++;
        if (subject.personId === record.personId) right[bin]!++;
      }
    });
  }
  const curve: Curve[] = [];
  let [count, hits] = [0, 0];
  for (let bin = bins - 1; bin >= 0; bin--) {
    count += found[bin]!;
    hits += right[bin]!;
    curve.unshift({ at: LOWEST + bin * STEP, precision: count === 0 ? 1 : hits / count, recall: hits / all });
  }
  return curve;
}

/** Of the pairs shown as matches one in so many may be wrong; of those proposed for a perpetrator fewer, for a wrong link harms more. */
const WRONG = { link: 1 / 200, perpetrator: 1 / 300, show: 1 / 30 };

/** Thresholds that keep what they promise on the counties, and what is found with them. */
export function thresholdsFor(
  model: LinkageModel,
  counties: readonly Mention[][],
): Pick<LinkageModel, 'thresholds' | 'expected'> {
  const curve = curveOf(model, counties);
  const from = (wrong: number): Curve => curve[curve.findLastIndex(({ precision }) => precision < 1 - wrong) + 1]!;
  const [link, perpetrator, show] = [from(WRONG.link), from(WRONG.perpetrator), from(WRONG.show)];
  return {
    thresholds: {
      link: link.at,
      show: show.at,
      join: 0,
      perRole: { perpetrator: { link: perpetrator.at, show: show.at } },
    },
    expected: { precision: link.precision, recall: link.recall, missedByBlocking: 1 - curve[0]!.recall },
  };
}
