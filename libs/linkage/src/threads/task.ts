import { type LookedAround, lookAround } from '../blocking/anchors.js';
import { candidatePairs, type PairList } from '../blocking/candidates.js';
import { type KeyBlocks, keyBlocks } from '../blocking/key-blocks.js';
import { built, type ComparatorPlan } from '../fields/comparators.js';
import type { Atom, Comparator } from '../fields/field.js';

/** Work that can be done on any thread: numbers per row lie in shared memory, the rest is copied. */
export type Task =
  | { do: 'prepare'; plan: ComparatorPlan; rows: number }
  | { do: 'look around'; rules: Atom[][]; rows: number; anchors: Uint32Array; cap: number }
  | { do: 'blocks'; rules: Atom[][]; rows: number; cap: number }
  | { do: 'candidates'; blocks: KeyBlocks[]; rows: number; boundary: number; from: number; to: number };

export interface Results {
  prepare: Comparator;
  'look around': LookedAround;
  blocks: KeyBlocks[];
  candidates: PairList;
}

export function perform<T extends Task>(task: T): Results[T['do']];
export function perform(task: Task): Results[Task['do']] {
  switch (task.do) {
    case 'prepare':
      return built(task.plan, task.rows);
    case 'look around':
      return lookAround(task.rules, task.rows, task.anchors, task.cap);
    case 'blocks':
      return task.rules.map((rule) => keyBlocks(rule, task.rows, task.cap));
    case 'candidates':
      return candidatePairs(task.blocks, task.rows, task.boundary, task.from, task.to);
  }
}
