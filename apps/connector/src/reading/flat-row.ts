import type { Mapping } from './columns.js';

const NUMBERS = new Set([
  'balance',
  'collectableArrears',
  'weeklyRent',
  'daysInArrears',
  'daysSinceLastPayment',
  'riskScore',
  'dashScore',
  'amount',
]);

/** A flat row of a table as a row of a feed: cells go to their paths, blank ones are left out. */
export function unflatten(cells: Record<string, string>, mapping: Mapping): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [column, text] of Object.entries(cells)) {
    const path = mapping[column];
    if (path === undefined || text.trim() === '') continue;
    put(row, path.split('.'), valueOf(path, text.trim()));
  }
  markPrevious(row);
  return row;
}

function valueOf(path: string, text: string): unknown {
  const name = path.split('.').at(-1)!;
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  if (name === 'forenames') return text.split(/\s+/);
  if (/^(true|yes)$/i.test(text)) return true;
  if (/^(false|no)$/i.test(text) && name !== 'known') return false;
  if (NUMBERS.has(name)) return /^-?[£]?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replace(/[£,]/g, '')) : text;
  return isoDate(text) ?? text;
}

/** 31/12/2026 and 31-12-2026, as British systems write dates. */
function isoDate(text: string): string | null {
  const match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  return match ? `${match[3]}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}` : null;
}

function put(target: Record<string, unknown>, path: string[], value: unknown): void {
  let here: Record<string, unknown> | unknown[] = target;
  for (const [depth, key] of path.slice(0, -1).entries()) {
    const next = /^\d+$/.test(path[depth + 1]!) ? [] : Object.create(null);
    const slot = here as Record<string, unknown>;
    slot[key] ??= next;
    here = slot[key] as Record<string, unknown>;
  }
  (here as Record<string, unknown>)[path.at(-1)!] = value;
}

/** The second address of the table is the previous one; a list with holes (no first telephone) closes up. */
function markPrevious(row: Record<string, unknown>): void {
  for (const key of ['person', 'victim']) {
    const person = row[key] as { addresses?: unknown[]; telephones?: unknown[] } | undefined;
    if (!person) continue;
    const addresses = person.addresses as ({ type?: string; lines?: unknown[] } | undefined)[] | undefined;
    addresses?.forEach((address, i) => {
      if (!address) return;
      address.type ??= i === 1 ? 'previous' : 'current';
      if (address.lines) address.lines = address.lines.filter((line) => line !== undefined);
    });
    if (addresses) person.addresses = addresses.filter(Boolean);
    if (person.telephones) person.telephones = person.telephones.filter(Boolean);
  }
}
