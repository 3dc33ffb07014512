import {
  fingerprint,
  mainPerson,
  personMeasures,
  QUALITY_MEASURES,
  type FeedName,
  type FeedRows,
  type PersonMeasure,
} from '#contracts';

/** How complete the rows are that would be accepted, by the hub's own measures: counts, never a value. */
export interface Quality {
  people: number;
  measures: Partial<Record<PersonMeasure, number>>;
  /** cells like 00/00/0000 and 01/01/1900, read as no date */
  placeholderDates: number;
}

/** Counts as rows go by. */
export class QualityTally {
  readonly counts: Quality = { people: 0, measures: {}, placeholderDates: 0 };
  private readonly year = new Date().getUTCFullYear();

  take<F extends FeedName>(feed: F, row: FeedRows[F]): void {
    const person = mainPerson(feed, row);
    if (!person) return;
    this.counts.people++;
    const { measures } = this.counts;
    for (const measure of personMeasures(person, this.year)) measures[measure] = (measures[measure] ?? 0) + 1;
  }
}

/** The counts that are not zero, in words; most first. */
export function qualityWords({ people, measures, placeholderDates }: Quality): string[] {
  const lines = (Object.entries(measures) as [PersonMeasure, number][])
    .sort((a, b) => b[1] - a[1])
    .map(([measure, count]) => {
      const share = Math.round((100 * count) / people);
      return `  ${QUALITY_MEASURES[measure].label}: ${count.toLocaleString('en-GB')} (${share === 0 ? 'under 1' : share} %)`;
    });
  if (placeholderDates > 0)
    lines.push(
      `  Dates written as none (00/00/0000, 01/01/1900), left out: ${placeholderDates.toLocaleString('en-GB')}`,
    );
  return lines;
}

/** References seen, as 53-bit fingerprints: a million cost some 30 MB, whatever they are. */
export class SeenReferences {
  private readonly seen = new Set<number>();

  /** Whether the reference stood in an earlier row. */
  again(reference: string): boolean {
    const before = this.seen.size;
    return this.seen.add(fingerprint(reference)).size === before;
  }
}
