import { candidatePairs, type PairList } from '../blocking/candidates.js';
import { type KeyBlocks, keyBlocks } from '../blocking/key-blocks.js';
import { lookAround, type LookedAround } from '../blocking/anchors.js';
import { built, type ComparatorPlan } from '../fields/comparators.js';
import { type Atom, type Comparator, type Compared, withFields } from '../fields/field.js';

/** Work that can be done on any thread: numbers per row lie in shared memory, the rest is copied. */
export type Task =
  | { do: 'prepare'; plan: ComparatorPlan; rows: number }
  | {
      do: 'compare';
      pairs: PairList;
      with: readonly HeldComparator[];
      stride: number;
      out: Uint8Array;
    }
  | { do: 'look around'; rules: Atom[][]; rows: number; anchors: Uint32Array; cap: number }
  | { do: 'blocks'; rules: Atom[][]; rows: number; cap: number }
  | { do: 'candidates'; blocks: KeyBlocks[]; rows: number; boundary: number; from: number; to: number };

/** Where a comparator's levels go, and how many fields it is to fill: an optional one may not be wanted. */
export interface HeldComparator {
  held: number;
  offset: number;
  fields: number;
}

export interface Results {
  /** The comparator itself stays where it was made, with the values it compares: `held` is its number there. */
  prepare: Compared & { held: number };
  compare: null;
  'look around': LookedAround;
  blocks: KeyBlocks[];
  candidates: PairList;
}

/** One thread's work, and the comparators made for it. */
export class Performer {
  private readonly held: Comparator[] = [];

  perform<T extends Task>(task: T): Results[T['do']];
  perform(task: Task): Results[Task['do']] {
    switch (task.do) {
      case 'prepare': {
        const made = built(task.plan, task.rows);
        const { kind, columns, fields, optional, atoms } = made;
        return { kind, columns, fields, ...(optional && { optional }), atoms, held: this.held.push(made) - 1 };
      }
      case 'compare': {
        const { left, right, count } = task.pairs;
        for (const { held, offset, fields } of task.with) {
          const comparator = this.held[held]!;
          withFields(comparator, fields);
          comparator.compare(left, right, count, task.out, task.stride, offset);
        }
        return null;
      }
      case 'look around':
        return lookAround(task.rules, task.rows, task.anchors, task.cap);
      case 'blocks':
        return task.rules.map((rule) => keyBlocks(rule, task.rows, task.cap));
      case 'candidates':
        return candidatePairs(task.blocks, task.rows, task.boundary, task.from, task.to);
    }
  }
}
