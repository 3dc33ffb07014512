/**
 * Errors of a part that is away for a moment (database or broker restarting): worth waiting for, for as long as it takes, and never a
 * reason to give a message up. Sources: PostgreSQL error classes 08, 40, 53, 57P; Prisma P1xxx, P2024, P2028, P2034.
 */
export function isTransient(error: unknown): boolean {
  for (
    let e = error as { code?: unknown; cause?: unknown; meta?: unknown } | undefined, depth = 0;
    e && depth < 5;
    depth++
  ) {
    const code = typeof e.code === 'string' ? e.code : '';
    if (/^(P1\d{3}|P2024|P2028|P2034|P2037)$/.test(code)) return true;
    if (/^(08|40|53|57P)/.test(code)) return true;
    if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|audit_unavailable)$/.test(code)) return true;
    const text = e instanceof Error ? `${e.name} ${e.message}` : '';
    if (
      /KafkaJSConnection|KafkaJSNumberOfRetriesExceeded|terminat(ed|ing) (connection|unexpectedly)|Can't reach database|timeout exceeded when trying to connect|fetch failed|DriverAdapterError: (DatabaseNotReachable|ConnectionClosed|TransactionWriteConflict|TransactionAlreadyClosed)/i.test(
        text,
      )
    )
      return true;
    e = e.cause as typeof e;
  }
  return false;
}
