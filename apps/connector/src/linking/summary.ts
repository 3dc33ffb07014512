import { join } from 'node:path';
import { printable } from '../telling.js';
import type { Shares } from './judging/accuracy.js';
import type { LinkReport } from './report.js';

/** What a run found, for people. */
export function summaryOf(report: LinkReport, folder: string): string[] {
  const { rows, clusters, threshold, expected, missedByBlocking, accuracy, seconds, ambiguous, calibration } = report;
  return [
    `${rows.map(counted).join(' and ')} rows; ${counted(report.pairsScored)} pairs scored in ${inSeconds(seconds.total)}, ${counted(report.peakRssMb)} MB at most`,
    ...(threshold === null
      ? ['There was nothing to compare: every row stays by itself.']
      : [
          `Linked from ${threshold.toFixed(2)} bits on${report.settings.threshold === 'auto' ? ' (chosen from the data)' : ''}`,
        ]),
    `${counted(clusters.count)} people, ${counted(clusters.ofSeveral)} of them in more than one row${clusters.largest.length > 0 ? `; most rows of one: ${clusters.largest.map(counted).join(', ')}` : ''}`,
    ...(ambiguous.length > 0
      ? [`${counted(ambiguous.length)} held apart because two people fit equally well (report.json)`]
      : []),
    ...(expected
      ? [
          `Expected: precision ${share(expected.precision)}, recall ${share(expected.recall)}${missedByBlocking === null ? '' : `, of which ${share(missedByBlocking)} of the true pairs never compared`}`,
        ]
      : []),
    ...(calibration ? [calibrationInWords(calibration)] : []),
    ...(accuracy
      ? [
          `Against the truth, pairs:    ${inShares(accuracy.pairs)}`,
          `Against the truth, clusters: ${inShares(accuracy.clusters)}`,
        ]
      : []),
    `Written: ${['pairs.csv', 'clusters.csv', 'report.json'].map((name) => printable(join(folder, name))).join(', ')}. They name records: treat them as personal data.`,
  ];
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

function counted(n: number): string {
  return n.toLocaleString('en-GB');
}
