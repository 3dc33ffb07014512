import { mainPerson, personMeasures, QUALITY_MEASURES, type FeedName, type QualityMeasure } from '#contracts';
import type { TakenRow } from '../validating/rows.js';

/** Of how many rows, or people, of a batch a measure is true. */
export interface QualityCount {
  measure: QualityMeasure;
  affected: number;
  total: number;
}

/** Adds up the data quality of a batch, part by part. Counts only: nothing of a row is kept. */
export class BatchQuality {
  private readonly affected = new Map<QualityMeasure, number>();
  private people = 0;

  constructor(private readonly feed: FeedName) {}

  add(taken: readonly TakenRow[], year: number): void {
    for (const { value } of taken) {
      const person = mainPerson(this.feed, value as never);
      if (!person) continue;
      this.people++;
      for (const measure of personMeasures(person, year)) this.count(measure, 1);
    }
  }

  /** @param rows received, refused and taken with a field left out */
  counts(rows: { received: number; refused: number; withFieldLeftOut: number }): QualityCount[] {
    this.affected.set('rows_refused', rows.refused);
    this.affected.set('rows_with_field_left_out', rows.withFieldLeftOut);
    return Object.entries(QUALITY_MEASURES).map(([name, { of }]) => {
      const measure = name as QualityMeasure;
      return { measure, affected: this.affected.get(measure) ?? 0, total: of === 'rows' ? rows.received : this.people };
    });
  }

  private count(measure: QualityMeasure, more: number): void {
    this.affected.set(measure, (this.affected.get(measure) ?? 0) + more);
  }
}
