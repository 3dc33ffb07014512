import type { EchoId } from './request.js';

/** What is decided about an item. `rule` is the row of the policy's table that decided; a release names its basis. */
export interface ItemDecision<Id extends EchoId = string> {
  readonly id: Id;
  readonly outcome: 'release' | 'redact' | 'withhold';
  readonly reason: string;
  readonly rule: number;
  readonly basis?: string;
}

/** The answer to a request: its id, the policy version, and one decision an item, in the order asked. */
export interface Decision<Id extends EchoId = string> {
  readonly id: Id;
  readonly policy: string;
  readonly items: readonly ItemDecision<Id>[];
}

export interface Withheld {
  readonly outcome: 'withhold';
  readonly reason: string;
  readonly rule: number;
}

export interface Released {
  readonly outcome: 'release';
  readonly rule: number;
  readonly basis: string;
}

/** What a row says about an item: withhold, or release on a basis. Made once, shared by all items it decides. */
export type Verdict = Withheld | Released;

/** What a row answers to hold an item back. @param rule the row of the table */
export function withhold(rule: number, reason: string): Withheld {
  return Object.freeze({ outcome: 'withhold', reason, rule });
}

/** What a row answers to let an item go. @param rule the row of the table @param basis a key of bases.json */
export function release(rule: number, basis: string): Released {
  return Object.freeze({ outcome: 'release', rule, basis });
}
