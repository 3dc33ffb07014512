import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';

export interface Accuracy {
  precision: number;
  recall: number;
  f1: number;
}

/**
 * Accuracy of clusters over pairs of records, counted here from what was written, in the way the peer counts its own: of
 * all pairs that stand in one cluster those that are one person's, and the other way round.
 * @param clustersFile `id,cluster_id`
 * @param truthFile a true pair a line
 */
export function accuracyOfClusters(clustersFile: string, truthFile: string): Accuracy {
  const clusters = rowsOf(clustersFile);
  const truth = rowsOf(truthFile);
  const people = peopleOf(truth);
  const inCluster = new Map<string, number>();
  const inBoth = new Map<string, number>();
  for (const [id, cluster] of clusters) {
    count(inCluster, cluster!);
    const person = people(id!);
    if (person !== undefined) count(inBoth, `${cluster}\n${person}`);
  }
  const [joined, right] = [pairsOf(inCluster), pairsOf(inBoth)];
  return {
    precision: right / Math.max(joined, 1),
    recall: right / Math.max(truth.length, 1),
    f1: (2 * right) / Math.max(joined + truth.length, 1),
  };
}

/** The rows of a CSV file without its head. */
export function rowsOf(file: string): string[][] {
  return parse(readFileSync(file), { from_line: 2 }) as string[][];
}

/** From true pairs to whose record it is: any id of that person, the same for all of them; undefined when in no pair. */
export function peopleOf(pairs: string[][]): (id: string) => string | undefined {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let up = parents.get(at)!; up !== at; up = parents.get(at)!) {
      parents.set(at, parents.get(up)!);
      at = up;
    }
    return at;
  };
  for (const [left, right] of pairs as [string, string][]) {
    for (const id of [left, right]) if (!parents.has(id)) parents.set(id, id);
    parents.set(root(left), root(right));
  }
  return (id) => (parents.has(id) ? root(id) : undefined);
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function pairsOf(counts: Map<string, number>): number {
  let pairs = 0;
  for (const size of counts.values()) pairs += (size * (size - 1)) / 2;
  return pairs;
}
