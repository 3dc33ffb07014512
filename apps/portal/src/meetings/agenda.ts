/** What the order of the agenda depends on. */
export interface AgendaCase {
  id: string;
  children: number;
  referredAt: Date;
}

/** Cases with children first, then those of adults only (product.md, "MARAC", agenda order); the longest waiting first in each. */
export function agendaOrder<T extends AgendaCase>(cases: readonly T[]): T[] {
  return [...cases].sort(
    (a, b) =>
      Number(b.children > 0) - Number(a.children > 0) ||
      a.referredAt.getTime() - b.referredAt.getTime() ||
      a.id.localeCompare(b.id),
  );
}
