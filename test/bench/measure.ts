/** One figure of a bench (contracts.md, `bench --json`). */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  goal: number | null;
  ok: boolean | null;
  /** the floor or peer measured in the same run */
  reference: { what: string; value: number } | null;
  ratio: number | null;
  runs: number;
}

export interface BenchOutcome {
  results: Figure[];
  skipped: { name: string; why: string }[];
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
