/** What a comparison's columns hold, and so how they are read and compared. */
export const COMPARISON_KINDS = [
  'name',
  'date',
  'postcode',
  'address',
  'identifier',
  'email',
  'phone',
  'category',
  'text',
  'exact',
] as const;
export type ComparisonKind = (typeof COMPARISON_KINDS)[number];

/** Columns that are compared as one thing. Hints such as `format` may be used or ignored. */
export interface ComparisonSettings {
  columns: string[];
  kind: ComparisonKind;
  /** Of a date that is not ISO, in strptime's letters: '%d/%m/%Y', '%Y%m%d'. Guessed when not given. */
  format?: string;
}

export interface LinkSettings {
  /** One file against itself, or the left file against the right. */
  type: 'dedupe' | 'link';
  /** Each record has at most one partner (only with `link`). */
  oneToOne: boolean;
  comparisons: ComparisonSettings[];
  /** Chosen from the data, or lists of columns that must all agree for a pair to be looked at. */
  blocking: 'auto' | string[][];
  /** Bits from which a pair is linked; chosen from the data when 'auto'. */
  threshold: 'auto' | number;
  /** 0: as many as the machine has cores. */
  threads: number;
}
