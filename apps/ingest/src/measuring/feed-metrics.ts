import { metrics } from '#platform';
import { Counter, Histogram } from 'prom-client';
import type { QualityCount } from './quality.js';

/** Labels are names of agencies, feeds, measures and refusals: nothing about a person, and few enough to keep for ever. */
const rows = new Counter({
  name: 'mash_feed_rows_total',
  help: 'Rows received in batches that were taken',
  labelNames: ['agency', 'feed', 'outcome'] as const,
  registers: [metrics],
});
const batches = new Counter({
  name: 'mash_feed_batches_total',
  help: 'Batches received; reason is the refusal, or empty',
  labelNames: ['agency', 'status', 'reason'] as const,
  registers: [metrics],
});
const affected = new Counter({
  name: 'mash_feed_quality_affected_total',
  help: 'Rows or people of which a measure of data quality is true',
  labelNames: ['agency', 'feed', 'measure'] as const,
  registers: [metrics],
});
const total = new Counter({
  name: 'mash_feed_quality_total',
  help: 'Rows or people that a measure of data quality was taken of',
  labelNames: ['agency', 'feed', 'measure'] as const,
  registers: [metrics],
});
const incomplete = new Counter({
  name: 'mash_submissions_incomplete_total',
  help: 'Submissions of which batches never came',
  labelNames: ['agency', 'feed'] as const,
  registers: [metrics],
});
const seconds = new Histogram({
  name: 'mash_feed_batch_seconds',
  help: 'From receiving a batch to its commit',
  labelNames: ['entrance'] as const,
  buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100],
  registers: [metrics],
});

export function countTaken(
  { agency, feed }: { agency: string; feed: string },
  status: string,
  outcome: { accepted: number; refused: number },
  quality: QualityCount[],
): void {
  batches.inc({ agency, status, reason: '' });
  rows.inc({ agency, feed, outcome: 'accepted' }, outcome.accepted);
  rows.inc({ agency, feed, outcome: 'refused' }, outcome.refused);
  for (const one of quality) {
    affected.inc({ agency, feed, measure: one.measure }, one.affected);
    total.inc({ agency, feed, measure: one.measure }, one.total);
  }
}

export function countRefused(agency: string, reason: string): void {
  batches.inc({ agency, status: 'rejected', reason });
}

export function countIncomplete(agency: string, feed: string): void {
  incomplete.inc({ agency, feed });
}

/** @returns to be called when the batch is committed */
export function timeBatch(entrance: 'kafka' | 'https'): () => void {
  return seconds.startTimer({ entrance });
}
