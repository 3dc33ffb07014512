import { NhsNumber } from '#person';
import { DayOrderTally, readDate } from './dates.js';
import { namesTwoPeople } from './person-name.js';
import { readMoney, readYesNo, saysNothing } from './values.js';

/** How many values of a column are looked at closely; days and months and the uniqueness of references are told from all. */
const CLOSELY = 1000;
/** Beyond this many different values of a column it is not asked any more whether one stands twice. */
const MAX_DISTINCT = 2_000_000;

/** What a column's values look like. */
export type Looks =
  | 'nhs'
  | 'ni'
  | 'postcode'
  | 'email'
  | 'phone'
  | 'date'
  | 'yes-no'
  | 'money'
  | 'number'
  | 'title'
  | 'sex'
  | 'comma-name'
  | 'text';

const NI = /^[A-Z]{2}\s*\d{2}\s*\d{2}\s*\d{2}\s*[A-D]$/i;
const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$/i;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^(?:(?:\+|00)44|0)?[\s(]*[12357-9][\d\s().-]{8,13}$/;
const TITLE = /^(?:mr|mrs|ms|miss|mx|dr|rev|prof)\.?$/i;
const SEX = /^(?:m|f|male|female)$/i;
const COMMA_NAME = /^[\p{L}'’ -]{2,},\s*\p{L}[\p{L}.'’ -]*(?:\s*\([^)]*\))?$/u;

/** Sees a column's values, one after the other, and keeps counts only: no value stays. */
export class ColumnProfile {
  filled = 0;
  readonly days = new DayOrderTally();
  twoPeople = 0;
  private looked = 0;
  private readonly counts: Partial<Record<Looks, number>> = {};
  private seen: Set<number> | null;
  /** Some value stands in two rows. */
  repeats = false;

  /** @param distinct watch whether every value is different (for a reference) */
  constructor(distinct: boolean) {
    this.seen = distinct ? new Set() : null;
  }

  take(text: string): void {
    if (text === '' || saysNothing(text)) return;
    this.filled++;
    if (text.length < 40) this.days.take(text);
    if (this.seen) this.watch(text);
    if (this.looked >= CLOSELY) return;
    this.looked++;
    const looks = lookOf(text.trim());
    this.counts[looks] = (this.counts[looks] ?? 0) + 1;
    if (namesTwoPeople(text)) this.twoPeople++;
  }

  private watch(text: string): void {
    const hash = fingerprint(text);
    if (this.seen!.has(hash)) [this.repeats, this.seen] = [true, null];
    else if (this.seen!.add(hash).size > MAX_DISTINCT) this.seen = null;
  }

  /** What at least `share` of the values looked at look like. */
  looks(share = 0.9): Looks {
    const entries = Object.entries(this.counts) as [Looks, number][];
    const best = entries.filter(([look]) => look !== 'text').sort((a, b) => b[1] - a[1])[0];
    return best && best[1] >= this.looked * share ? best[0] : 'text';
  }

  /** Share of the values looked at that look like one of these. */
  share(...looks: Looks[]): number {
    if (this.looked === 0) return 0;
    return looks.reduce((sum, look) => sum + (this.counts[look] ?? 0), 0) / this.looked;
  }
}

function lookOf(text: string): Looks {
  if (/^\d{3}[ -]?\d{3}[ -]?\d{4}$/.test(text) && NhsNumber.parse(text).ok) return 'nhs';
  if (NI.test(text)) return 'ni';
  if (POSTCODE.test(text)) return 'postcode';
  if (EMAIL.test(text)) return 'email';
  if (SEX.test(text)) return 'sex';
  if (readYesNo(text) !== undefined) return 'yes-no';
  if (TITLE.test(text)) return 'title';
  if (/\d[/\-.\s]|[a-z]{3}/i.test(text) && text.length < 30 && !/^\d+\.\d{1,2}$/.test(text)) {
    const date = readDate(text);
    if (date !== 'missing' && (!('problem' in date) || date.problem !== 'invalid_date')) return 'date';
  }
  if (PHONE.test(text)) return 'phone';
  if (/^\d{1,9}$/.test(text)) return 'number';
  if (readMoney(text) !== undefined) return 'money';
  if (COMMA_NAME.test(text)) return 'comma-name';
  return 'text';
}

/** 53 bits of a text (cyrb53): tells values apart without keeping them. */
export function fingerprint(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
