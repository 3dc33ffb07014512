import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import { Random } from '../../../apps/connector/src/generating/random.js';
import { peopleOf, rowsOf } from './accuracy.js';

/**
 * Writes a file again with only one to three records a person (equally likely, chosen at random), as in most registers.
 * The id is the first
 * column; the rows keep their order. The same seed gives the same files.
 */
export function thin(from: { file: string; truth: string }, to: { file: string; truth: string }, seed: number): void {
  const [head, ...rows] = parse(readFileSync(from.file)) as [string[], ...string[][]];
  const [pairsHead] = parse(readFileSync(from.truth), { to_line: 1 }) as [string[]];
  const pairs = rowsOf(from.truth);
  const person = peopleOf(pairs);
  const random = new Random(`thinned/${seed}`);
  const wanted = new Map<string, number>();
  const kept = new Set<string>();
  for (const [id] of random.shuffled(rows) as [string][]) {
    const whose = person(id) ?? id;
    const left = wanted.get(whose) ?? random.int(1, 3);
    if (left > 0) kept.add(id);
    wanted.set(whose, left - 1);
  }
  writeFileSync(to.file, stringify([head, ...rows.filter(([id]) => kept.has(id!))]));
  writeFileSync(to.truth, stringify([pairsHead!, ...pairs.filter((pair) => pair.every((id) => kept.has(id)))]));
}
