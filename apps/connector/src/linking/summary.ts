import { join } from 'node:path';
import { printable } from '../telling.js';
import type { Shares } from './judging/accuracy.js';
import type { LinkReport } from './report.js';

/** What a run found, for people. */
export function summaryOf(report: LinkReport, folder: string): string[] {
  const { rows, clusters, threshold, expected, accuracy, seconds, ambiguous, calibration } = report;
  return [
    `${rows.map(counted).join(' and ')} ${rows.length === 1 && rows[0] === 1 ? 'row' : 'rows'}; ${several(report.pairsScored, 'pair', 'pairs')} scored in ${inSeconds(seconds.total)}, ${counted(report.peakRssMb)} MB at most`,
    ...(threshold === null
      ? ['There was nothing to compare: every row stays by itself.']
      : [thresholdInWords(report, threshold)]),
    `${several(clusters.count, 'person', 'people')}, ${counted(clusters.ofSeveral)} of them in more than one row${clusters.largest.length > 0 ? `; most rows of one: ${clusters.largest.map(counted).join(', ')}` : ''}`,
    ...(ambiguous.length > 0
      ? [`${counted(ambiguous.length)} held apart because two people fit equally well (report.json)`]
      : []),
    ...(expected ? [expectedInWords(report, expected)] : []),
    ...(calibration ? [calibrationInWords(calibration)] : []),
    ...(accuracy
      ? [
          `Against the truth, pairs:    ${inShares(accuracy.pairs)}`,
          `Against the truth, clusters: ${inShares(accuracy.clusters)}`,
        ]
      : []),
    `Written: ${['pairs.csv', 'clusters.csv', 'report.json'].map((name) => printable(join(folder, name))).join(', ')}. They name records: treat them as personal data.`,
    ...(report.idsLikeFormulas
      ? ['Some ids begin with = + - or @: these files are not for a spreadsheet, which would take them for formulas.']
      : []),
  ];
}

function thresholdInWords({ settings, model }: LinkReport, threshold: number): string {
  const bits = threshold.toFixed(2);
  if (settings.threshold !== 'auto') return `Linked from ${bits} bits on`;
  const pairs = `A pair counts as linked from ${bits} bits on`;
  // Of two files that are matched one to one pairs are chosen, no groups joined.
  if (settings.oneToOne || !model) return pairs;
  return `${pairs}; groups join while their records agree by more than ${model.thresholds.join.toFixed(2)} bits on average`;
}

function expectedInWords(
  { settings, clusters, missedByBlocking: missed }: LinkReport,
  { precision, recall }: NonNullable<LinkReport['expected']>,
): string {
  // Of no links a precision would say nothing.
  if (clusters.ofSeveral === 0)
    return settings.threshold === 'auto' ? 'No links expected' : `No links; expected recall ${share(recall)}`;
  const never =
    missed === null
      ? ''
      : `; of the true pairs, ${(100 * missed).toFixed(1)}% are expected never to have been compared`;
  return `Expected: precision ${share(precision)}, recall ${share(recall)}${never}`;
}

function calibrationInWords({ decisions, before, after, used }: NonNullable<LinkReport['calibration']>): string {
  const change = `a decision surprises it by ${before.toFixed(2)} bits, after learning from the others by ${after.toFixed(2)}`;
  return `${counted(decisions)} decisions: ${change}; the model ${used ? 'uses' : 'does not use'} what it learned`;
}

function inShares({ precision, recall, f1 }: Shares): string {
  return `precision ${share(precision)}, recall ${share(recall)}, F1 ${share(f1)}`;
}

function share(value: number): string {
  return value.toFixed(3);
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}

function several(n: number, one: string, more: string): string {
  return `${counted(n)} ${n === 1 ? one : more}`;
}

function counted(n: number): string {
  return n.toLocaleString('en-GB');
}
