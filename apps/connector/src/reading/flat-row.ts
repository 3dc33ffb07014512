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

const YES_OR_NO = new Set([
  'confidential',
  'universalCredit',
  'noticeServed',
  'safe',
  'messageOk',
  'pregnant',
  'visibleHighRisk',
  'professionalJudgement',
  'potentialEscalation',
  'repeat',
  'victimAware',
  'consent',
  'previousMarac',
  'recordsSecured',
  'imrNeeded',
]);

const WORD_LISTS = new Set(['supportNeeds', 'repairs', 'notSafeToTalkTo', 'actions', 'orders']);

/** Fields whose values the feed writes in lower case. `referrer.role` is free text, so these are whole paths. */
const LOWER_CASE = new Set([
  'person.sex',
  'victim.sex',
  'tenantStatus',
  'role',
  'definition',
  'known',
  'consent.status',
]);

const DATES = /^(?:from|to|start|date|at|opened|closed|dateOfBirth|lastContact|recordsSecured)$|(?:Date|At|Start|End)$/;

/** A flat row of a table as a row of a feed: cells go to their paths, blank ones are left out. */
export function unflatten(cells: Record<string, string>, mapping: Mapping): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [column, text] of Object.entries(cells)) {
    const path = Object.hasOwn(mapping, column) ? mapping[column] : undefined;
    if (path === undefined || text.trim() === '') continue;
    put(row, path.split('.'), valueOf(path, text.trim()));
  }
  markPrevious(row);
  return row;
}

/** By the field, not by the look of the text: people are called No and True, and references look like dates. */
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
  if (WORD_LISTS.has(name)) return text.split(/\s*[;|]\s*/).filter(Boolean);
  if (YES_OR_NO.has(name) && /^(?:true|yes|y)$/i.test(text)) return true;
  if (YES_OR_NO.has(name) && /^(?:false|no|n)$/i.test(text)) return false;
  if (NUMBERS.has(name)) return /^-?£?[\d,]+(\.\d+)?$/.test(text) ? Number(text.replace(/[£,]/g, '')) : text;
  if (LOWER_CASE.has(path) && text.length > 1) return text.toLowerCase();
  return (DATES.test(name) ? isoDate(text) : null) ?? text;
}

/** 31/12/2026 and 31-12-2026, as British systems write dates, and a time behind. */
function isoDate(text: string): string | null {
  const match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?$/.exec(text);
  if (!match) return null;
  const [, day, month, year, hour, minute, second = ''] = match;
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}${second}`;
}

/** Where one column gives a whole value and another a part of it, the parts win. */
function put(target: Record<string, unknown>, path: string[], value: unknown): void {
  let here = target;
  for (const [depth, key] of path.slice(0, -1).entries()) {
    if (typeof here[key] !== 'object' || here[key] === null)
      here[key] = /^\d+$/.test(path[depth + 1]!) ? [] : Object.create(null);
    here = here[key] as Record<string, unknown>;
  }
  const last = path.at(-1)!;
  if (typeof here[last] !== 'object') here[last] = value;
}

/** The second address of the table is the previous one; a list with holes (no first telephone) closes up. */
function markPrevious(row: Record<string, unknown>): void {
  for (const key of ['person', 'victim']) {
    const person = row[key] as { addresses?: unknown[]; telephones?: unknown[]; emails?: unknown[] } | undefined;
    if (!person) continue;
    const addresses = person.addresses as ({ type?: string; lines?: unknown[] } | undefined)[] | undefined;
    addresses?.forEach((address, i) => {
      if (!address) return;
      address.type ??= i === 1 ? 'previous' : 'current';
      if (address.lines) address.lines = address.lines.filter((line) => line !== undefined);
    });
    if (addresses) person.addresses = addresses.filter(Boolean);
    if (person.telephones) person.telephones = person.telephones.filter(Boolean);
    if (person.emails) person.emails = person.emails.filter(Boolean);
  }
}
