import type { ReadColumn } from '../reading/read-column.js';

/** Distinct values looked at: enough to tell shares apart by a few per cent. */
const LOOKED_AT = 3000;
/** Letters of a value that tell its shape. */
const LETTERS = 500;

/** Shapes a value may have. One value may have several. */
const SHAPES = {
  date: /^(\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2})|(1[5-9]|20)\d{6}|\d{1,2}[- ]?[A-Za-z]{3,9}[- ]?\d{2,4})([T ].*)?$/,
  year: /^(1[5-9]|20)\d\d$/,
  small: /^\d{1,2}$/,
  email: /^[^@\s]+@[^@\s]+$/,
  postcode: /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/,
  hasDigit: /\d/,
  phone: /^(\+|0)[\d ()-]{8,17}$/,
  number: /^-?\d+$/,
  amount: /^[-£$€]?\d[\d,]*\.\d+$/,
  code: /^[A-Za-z]{0,4}[-/ ]?\d[\dA-Za-z]*([-/ ][\dA-Za-z]+)*$/,
  long: /^.{6,}$/,
  words: /^[\p{L}\p{M}'’.\- ]+$/u,
  sentence: /^\s*(\S+\s+){4}/,
  structure: /^\s*[{[]/,
} as const;
export type Shape = keyof typeof SHAPES;

/** What a column's cells look like, without knowing its heading. */
export interface Content {
  rows: number;
  /** Rows with a value. */
  present: number;
  distinct: number;
  /** Share of the distinct values with each shape. */
  shares: Record<Shape, number>;
  /** Some of the distinct values; which ones does not depend on the order of the rows. */
  sample: string[];
}

export function contentOf({ codes, dictionary, distinct }: ReadColumn): Content {
  let present = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] !== 0) present++;
  const sample = dictionary.sample(LOOKED_AT).map((value) => value.slice(0, LETTERS));
  const shares = Object.fromEntries(
    Object.entries(SHAPES).map(([shape, pattern]) => [
      shape,
      sample.length === 0 ? 0 : sample.filter((value) => pattern.test(value)).length / sample.length,
    ]),
  ) as Record<Shape, number>;
  return { rows: codes.length, present, distinct, shares, sample };
}
