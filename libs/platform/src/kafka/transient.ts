/**
 * Errors of a part that is away for a moment (database or broker restarting): worth waiting for, for as long as it takes, and never a
 * reason to give a message up. Sources: PostgreSQL error classes 08, 40, 53, 57P; Prisma P1xxx, P2024, P2028, P2034.
 */
export function isTransient(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at && depth < 5; depth++) {
    const { code, cause, meta, name, message } = at as Record<string, unknown>;
    if (isTransientCode(code) || isTransientCode(sqlState(meta ?? at))) return true;
    if (typeof message === 'string' && TRANSIENT_TEXT.test(`${String(name)} ${message}`)) return true;
    at = cause;
  }
  return false;
}

const PRISMA = /^(P1\d{3}|P2024|P2028|P2034|P2037)$/;
/** Whole SQLSTATEs only: `404` of some library is none. */
const SQL = /^((08|40|53)[0-9A-Z]{3}|57P\d\d|55P03)$/;
const OURS = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|UND_ERR_\w+|busy|\w+_unavailable)$/;

function isTransientCode(code: unknown): boolean {
  return typeof code === 'string' && (PRISMA.test(code) || SQL.test(code) || OURS.test(code));
}

/** The database's own code, where Prisma reports a raw statement's failure as P2010 round it. */
function sqlState(holder: unknown): unknown {
  const adapter = (holder as { driverAdapterError?: { cause?: unknown } } | null)?.driverAdapterError;
  const { originalCode, code } = (adapter?.cause ?? holder ?? {}) as { originalCode?: unknown; code?: unknown };
  return originalCode ?? code;
}

const TRANSIENT_TEXT =
  /KafkaJSConnection|KafkaJSNumberOfRetriesExceeded|terminat(ed|ing) (connection|unexpectedly)|Can't reach database|timeout exceeded when trying to connect|fetch failed|DriverAdapterError: (DatabaseNotReachable|ConnectionClosed|TransactionWriteConflict|TransactionAlreadyClosed)/i;
