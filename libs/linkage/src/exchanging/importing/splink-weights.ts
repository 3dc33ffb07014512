import type { Column, Table } from '../../linking/table.js';
import { FormulaComparator } from './formula-comparator.js';
import type { FrequencyTerm } from './splink-levels.js';
import type { SplinkModel } from './splink-model.js';
import { shares } from './tuple-codes.js';

interface Term extends FrequencyTerm {
  codes: Uint32Array;
  frequency: Float64Array;
}

/** Weighs pairs of a table's rows as Splink does (README, "match weight"), in bits, to the last digits of a double. */
export class SplinkWeights {
  readonly comparator: FormulaComparator;
  private readonly bits: Float64Array[];
  private readonly terms: (Term | null)[][];

  constructor(
    private readonly model: SplinkModel,
    table: Table,
  ) {
    this.comparator = new FormulaComparator(model, table);
    const weighing = model.comparisons.map(({ levels }) => levels.filter(({ isNull }) => !isNull));
    this.bits = weighing.map((levels) => Float64Array.from([0, ...levels.map(({ m, u }) => bitsOf(m, u))]));
    const columnNamed = (name: string): Column | undefined => table.columns.find((column) => column.name === name);
    this.terms = weighing.map((levels) => [
      null,
      ...levels.map(({ frequency }): Term | null => {
        const column = frequency === null ? undefined : columnNamed(frequency.column);
        return column === undefined ? null : { ...frequency!, codes: column.codes, frequency: shares(column) };
      }),
    ]);
  }

  /** In: levels as the comparator wrote them, a row of one per comparison for each pair. */
  weigh(left: Uint32Array, right: Uint32Array, count: number, levels: Uint8Array, out: Float64Array): void {
    const stride = this.bits.length;
    for (let k = 0; k < count; k++) {
      let sum = this.model.prior;
      for (let c = 0; c < stride; c++) sum += this.bits[c]![levels[k * stride + c]!]!;
      out[k] = sum + this.frequencyBits(left[k]!, right[k]!, levels, k * stride);
    }
  }

  /** What is added for how common the values are. */
  private frequencyBits(i: number, j: number, levels: Uint8Array, at: number): number {
    let sum = 0;
    for (let c = 0; c < this.terms.length; c++) {
      const term = this.terms[c]![levels[at + c]!];
      if (term == null) continue;
      const common = Math.max(term.frequency[term.codes[i]!]!, term.frequency[term.codes[j]!]!);
      if (common > 0) sum += term.weight * bitsOf(term.uExact, Math.max(common, term.least));
    }
    return sum;
  }

  /** Levels and weights of pairs of rows. */
  pairs(left: Uint32Array, right: Uint32Array): { levels: Uint8Array; weight: Float64Array } {
    const levels = new Uint8Array(left.length * this.bits.length);
    const weight = new Float64Array(left.length);
    this.comparator.compare(left, right, left.length, levels, this.bits.length, 0);
    this.weigh(left, right, left.length, levels, weight);
    return { levels, weight };
  }
}

/** What never happens, or happens to matches alone, is for Splink infinite: here so much that nothing else outweighs it. */
const MOST_BITS = 1000;

function bitsOf(a: number, b: number): number {
  if (a === b) return 0;
  return Math.max(-MOST_BITS, Math.min(MOST_BITS, Math.log2(a) - Math.log2(b)));
}
