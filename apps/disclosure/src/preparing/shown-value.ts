import type { DecidedItem } from '../deciding/decide-pack.js';

/** What of an item may be read: with a third party in it, the rest. */
export function shownValue({ item, decision }: Pick<DecidedItem, 'item' | 'decision'>): string {
  return decision.outcome === 'redact' ? (item.redacted ?? item.hide(item.value)) : item.value;
}
