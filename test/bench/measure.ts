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

/** What a run of the benches is asked for beyond its name. */
export interface BenchOptions {
  /** only these parts of the bench; null: all of them */
  only: string[] | null;
  /** whether the peers are run too, and whether ours is */
  peer: boolean;
  engine: boolean;
  /** without what takes minutes */
  small: boolean;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
