import type { Column } from '../../linking/table.js';

/** How often values are there, as the engine counts them. */
export interface Counted {
  /** The raw column, and per row the code of what the engine made of it (0: missing). */
  raw: Column;
  codes: Uint32Array;
  /** Per code its text; null where a value is best told by its raw text. */
  words: readonly string[] | null;
}

/** How many edges (bits) a share of rows is as rare as. */
export function stepOf(edges: readonly number[], share: number): number {
  return edges.filter((edge) => -Math.log2(share) >= edge).length;
}

/** Whether counting the raw column puts every value into the step the engine does. */
export function sameSteps({ raw, codes }: Counted, edges: readonly number[]): boolean {
  const written = new Float64Array(raw.values.length);
  for (const code of raw.codes) written[code]!++;
  const all = raw.codes.length - written[0]!;
  const { counts, present } = count(codes);
  const seen = new Uint8Array(raw.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = raw.codes[row]!;
    if (seen[value] === 1 || codes[row] === 0) continue;
    seen[value] = 1;
    if (stepOf(edges, counts.get(codes[row]!)! / present) !== stepOf(edges, written[value]! / all)) return false;
  }
  return true;
}

/** The values by step, but for those of the step in which values met once are, and that step. */
export function valuesByStep(
  { raw, codes, words }: Counted,
  edges: readonly number[],
): { steps: string[][]; rarest: number } {
  const { counts, present } = count(codes);
  const rarest = stepOf(edges, 1 / present);
  const texts = new Map<number, Set<string>>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code === 0 || stepOf(edges, counts.get(code)! / present) === rarest) continue;
    let known = texts.get(code);
    if (known === undefined) texts.set(code, (known = new Set()));
    if (words === null || known.size === 0) known.add(words === null ? raw.values[raw.codes[row]!]! : words[code]!);
  }
  const steps: string[][] = Array.from({ length: rarest }, () => []);
  for (const [code, found] of texts) steps[stepOf(edges, counts.get(code)! / present)]!.push(...found);
  return { steps, rarest };
}

function count(codes: Uint32Array): { counts: Map<number, number>; present: number } {
  const counts = new Map<number, number>();
  let present = 0;
  for (const code of codes) {
    if (code === 0) continue;
    present++;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return { counts, present: Math.max(present, 2) };
}
