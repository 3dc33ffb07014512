import { QUALITY_MEASURES, type QualityMeasure } from '#contracts';
import type { QualityCount } from './quality.repository.js';
import { percent, trendSvg } from './trend-svg.js';

/** One measure of one feed over its latest submissions. */
export interface MeasureTrend {
  measure: QualityMeasure;
  label: string;
  of: 'rows' | 'people';
  affected: number;
  total: number;
  /** of the latest submission, 0 to 1, and as it is shown */
  share: number;
  shown: string;
  /** against the submission before: percentage points, rounded; null where there was none */
  change: number | null;
  svg: string;
}

export interface FeedQuality {
  agency: string;
  feed: string;
  submissions: number;
  latest: Date;
  rows: number;
  measures: MeasureTrend[];
}

/** Changes under half a percentage point are no change. */
const SAME = 0.5;

/** Counts by agency and feed: the latest share of each measure, how it changed, and its line over time. @param counts oldest first */
export function feedQuality(counts: readonly QualityCount[]): FeedQuality[] {
  return [...Map.groupBy(counts, ({ agency, feed }) => `${agency} ${feed}`).values()].map((own) => {
    const { agency, feed, at } = own.at(-1)!;
    const submissions = [...new Set(own.map(({ submission }) => submission))];
    const byMeasure = Map.groupBy(own, ({ measure }) => measure);
    const measures = (Object.keys(QUALITY_MEASURES) as QualityMeasure[]).flatMap((measure) =>
      trendOf(measure, byMeasure.get(measure)),
    );
    const rows = own
      .filter(({ submission }) => submission === submissions.at(-1))
      .reduce((most, { total }) => Math.max(most, total), 0);
    return { agency, feed, submissions: submissions.length, latest: at, rows, measures };
  });
}

function trendOf(measure: QualityMeasure, counts: QualityCount[] = []): MeasureTrend[] {
  const known = counts.filter(({ total }) => total > 0);
  const last = known.at(-1);
  if (!last) return [];
  const shares = known.map(({ affected, total, at }) => ({ at, share: affected / total }));
  const share = shares.at(-1)!.share;
  const before = shares.at(-2)?.share;
  const { label, of } = QUALITY_MEASURES[measure];
  const points = before === undefined ? null : (share - before) * 100;
  const change = points === null ? null : Math.abs(points) < SAME ? 0 : Math.round(points * 10) / 10;
  return [
    {
      measure,
      label,
      of,
      affected: last.affected,
      total: last.total,
      share,
      shown: percent(share),
      change,
      svg: trendSvg(label, shares),
    },
  ];
}
