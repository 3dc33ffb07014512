import type { ParsedRows, RefusedRow } from '../validating/rows.js';

/** What the lists of a receipt may take up, in characters: the broker takes 8 MiB, and a receipt it refuses would never go. */
const MAX_LISTED = 1024 * 1024;

/** What became of a batch's rows, added up part by part. The lists stop where they would no longer fit into a receipt. */
export class BatchOutcome {
  accepted = 0;
  refused = 0;
  withFieldLeftOut = 0;
  readonly quarantined: RefusedRow[] = [];
  readonly fieldsQuarantined: RefusedRow[] = [];
  private listed = { quarantined: 0, fieldsQuarantined: 0 };

  add(rows: ParsedRows): void {
    this.accepted += rows.taken.length + rows.deleted.length;
    this.refused += rows.quarantined.length;
    this.withFieldLeftOut += rows.fieldsQuarantined.length;
    this.list('quarantined', rows.quarantined);
    this.list('fieldsQuarantined', rows.fieldsQuarantined);
  }

  /** Rows to correct that are not in the lists. */
  get notListed(): number {
    return this.refused + this.withFieldLeftOut - this.quarantined.length - this.fieldsQuarantined.length;
  }

  /** Rows received. */
  get rows(): number {
    return this.accepted + this.refused;
  }

  private list(name: 'quarantined' | 'fieldsQuarantined', rows: RefusedRow[]): void {
    for (const row of rows) {
      if (this.listed[name] > MAX_LISTED) return;
      this.listed[name] += JSON.stringify(row).length + 1;
      if (this.listed[name] <= MAX_LISTED) this[name].push(row);
    }
  }
}
