import { Prisma } from '#prisma';
import type { Db } from '#platform';

const TABLES = {
  C: Prisma.raw('portal."case"'),
  M: Prisma.raw('portal.meeting'),
  R: Prisma.raw('portal.review'),
} as const;

/**
 * A number as nextNumber() gives it: `C-2026-0001`. Typed by people: spaces round it and small letters are forgiven, nothing else.
 * @returns the number in capitals; null for anything else
 */
export function readNumber(text: string, kind: keyof typeof TABLES, digits: number): string | null {
  const number = text.trim().toUpperCase();
  return new RegExp(`^${kind}-\\d{4}-(\\d{${digits}}|[1-9]\\d{${digits},8})$`).test(number) ? number : null;
}

/**
 * The next number of a year: `C-2026-0001`. One transaction at a time (advisory lock), so no number is given twice; a number of a
 * transaction that failed is given again.
 */
export async function nextNumber(tx: Db, kind: keyof typeof TABLES, digits: number, now = new Date()): Promise<string> {
  const prefix = `${kind}-${now.getFullYear()}-`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`portal.number.${kind}`}))`;
  const [row] = await tx.$queryRaw<{ last: number | null }[]>`
    SELECT max(substr(number, ${prefix.length + 1})::int) AS last FROM ${TABLES[kind]} WHERE starts_with(number, ${prefix})`;
  return `${prefix}${String((row!.last ?? 0) + 1).padStart(digits, '0')}`;
}
