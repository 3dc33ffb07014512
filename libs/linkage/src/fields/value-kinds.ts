import { isOneEditApart } from '../comparing/edits.js';
import { jaroWinkler } from '../comparing/jaro-winkler.js';
import { lettersOf, mayBeAlike } from '../comparing/letters.js';
import type { FieldRole } from './field.js';

/** How one kind of single value is read and compared. */
export interface ValueKind {
  role: FieldRole;
  normal: (text: string) => string;
  /** Names of the levels under exact agreement, from the strongest; the last is "different". */
  levels: readonly string[];
  /** In: two different normal texts. Out: an index into `levels`. Symmetric. */
  relate: (a: string, b: string) => number;
  /** Pieces of a text: two texts are only compared where they share one, or are as much alike as `alike` (Jaro). */
  pieces: (text: string) => string[];
  alike: number;
  /** Coarser keys by which records meet, beside the value itself. */
  keys: Record<string, (text: string) => string>;
}

function alike(a: string, b: string, least: number): boolean {
  return mayBeAlike(a, b, lettersOf(a), lettersOf(b), least) && jaroWinkler(a, b) >= least;
}

const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const identifier: ValueKind = {
  role: 'identifier',
  normal: (text) => (/^[A-Z0-9]+$/.test(text) ? text : text.toUpperCase().replace(/[^A-Z0-9]/g, '')),
  levels: ['one edit', 'two edits', 'different'],
  relate: (a, b) => (isOneEditApart(a, b) ? 0 : a.length > 5 && b.length > 5 && alike(a, b, 0.9) ? 1 : 2),
  pieces: () => [],
  alike: 0.5,
  keys: {},
};

const EMAIL_LEVELS = [
  'box one edit, domain',
  'box alike, domain',
  'box, domain alike',
  'box one edit, domain alike',
  'box alike, domain alike',
  'box, domain different',
  'box different, domain',
  'different',
];

const email: ValueKind = {
  role: 'contact',
  normal: (text) => (text.includes('@') || /\./.test(text) ? text.trim().toLowerCase() : ''),
  levels: EMAIL_LEVELS,
  relate: (a, b) => {
    const [p, x] = boxOf(a);
    const [q, y] = boxOf(b);
    const box = p === q ? 0 : isOneEditApart(p, q) ? 1 : alike(p, q, 0.86) ? 2 : 3;
    const domain = x === y ? 0 : isOneEditApart(x, y) || alike(x, y, 0.88) ? 1 : 2;
    // Boxes are made of names: one that is merely alike, elsewhere, says no more than the names do.
    if (domain === 2) return box === 0 ? 5 : box === 3 && alike(a, b, 0.9) ? 4 : 7;
    if (box === 3) return domain === 0 ? 6 : 7;
    // The same pieces, written differently: a domain is missing, or the @ is.
    if (domain === 0) return Math.max(box - 1, 0);
    return 2 + box;
  },
  pieces: boxOf,
  alike: 0.75,
  keys: {
    'e-mail box': (text) => boxOf(text)[0],
    'e-mail box letters': (text) => boxOf(text)[0].replace(/[^a-z]/g, ''),
    'e-mail start': (text) => text.slice(0, 5),
    'e-mail domain': (text) => boxOf(text)[1],
    'e-mail domain start': (text) => boxOf(text)[1].slice(0, 5),
  },
};

function boxOf(text: string): [string, string] {
  const at = text.indexOf('@');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const phone: ValueKind = {
  role: 'contact',
  normal: (text) => {
    if (/^0\d{5,}$/.test(text) && !text.startsWith('0044')) return text;
    const digits = text
      .replace(/[^\d+]/g, '')
      .replace(/^(\+44|0044)0?/, '0')
      .replace(/\D/g, '');
    return digits.length >= 6 ? digits : '';
  },
  levels: ['same end', 'one edit', 'different'],
  relate: (a, b) => (a.slice(-6) === b.slice(-6) ? 0 : isOneEditApart(a, b) ? 1 : 2),
  pieces: (text) => [text.slice(-6)],
  alike: 0.6,
  keys: { 'phone end': (text) => text.slice(-6) },
};

const category: ValueKind = {
  role: 'other',
  normal: letters,
  levels: ['similar', 'a word', 'different'],
  relate: (a, b) => {
    // M and F are one letter apart, and two things.
    if (a.length > 3 && b.length > 3 && (isOneEditApart(a, b) || alike(a, b, 0.92))) return 0;
    const words = new Set(a.split(' ').filter((word) => word.length > 3));
    return b.split(' ').some((word) => words.has(word)) ? 1 : 2;
  },
  pieces: (text) => text.split(' ').filter((word) => word.length > 3),
  alike: 0.8,
  keys: {},
};

const exact: ValueKind = {
  role: 'other',
  normal: letters,
  levels: ['different'],
  relate: () => 0,
  pieces: () => [],
  alike: 1.01,
  keys: {},
};

export const KINDS: Partial<Record<string, ValueKind>> = { identifier, email, phone, category, exact };
