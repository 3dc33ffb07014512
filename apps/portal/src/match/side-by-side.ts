import type { Address, PersonBlock } from '#contracts';
import type { FieldEvidence } from '#linkage';
import { displayName, groupPhone } from '#person';
import { partialDate } from '../answering/dates.js';

export interface Mark {
  kind: 'agrees' | 'close' | 'differs' | 'missing';
  /** words, so that colour is never alone */
  words: string;
  symbol: string;
}

export interface ComparedRow {
  label: string;
  subject: string[];
  record: string[];
  mark: Mark;
  /** what linkage says of it, without person data */
  why: string[];
  /** bits for (above 0) or against; null where it was not weighed */
  weight: number | null;
}

const MARKS: Record<Mark['kind'], Mark> = {
  agrees: { kind: 'agrees', words: 'Agrees', symbol: '✓' },
  close: { kind: 'close', words: 'Nearly agrees', symbol: '≈' },
  differs: { kind: 'differs', words: 'Differs', symbol: '✗' },
  missing: { kind: 'missing', words: 'Not in both', symbol: '–' },
};
const FULL = new Set(['exact', 'agrees', 'implied', 'same-mobile', 'same-landline', 'same-address']);

/** Which fields of the evidence belong to which line; a line without any is shown, not weighed. */
const LINES: { label: string; fields: string[]; read: (person: PersonBlock) => string[] }[] = [
  { label: 'Surname', fields: ['surname'], read: (p) => list(p.surname) },
  { label: 'Forenames', fields: ['forename', 'middleNames'], read: (p) => list(p.forenames?.join(' ')) },
  { label: 'Also known as', fields: [], read: (p) => (p.aliases ?? []).map(displayName) },
  { label: 'Date of birth', fields: ['dateOfBirth'], read: (p) => list(p.dateOfBirth && partialDate(p.dateOfBirth)) },
  { label: 'Sex', fields: ['sex'], read: (p) => list(p.sex && p.sex[0]!.toUpperCase() + p.sex.slice(1)) },
  {
    label: 'NHS number',
    fields: ['nhsNumber'],
    read: (p) => list(p.nhsNumber?.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')),
  },
  {
    label: 'National Insurance number',
    fields: ['niNumber'],
    read: (p) => list(p.niNumber?.replace(/(..)(?=.)/g, '$1 ').trim()),
  },
  { label: 'Telephone', fields: ['telephone'], read: (p) => (p.telephones ?? []).map(groupPhone) },
  { label: 'Email', fields: ['email'], read: (p) => p.emails ?? [] },
  { label: 'Address', fields: ['place'], read: (p) => (p.addresses ?? []).map(addressLine) },
];

/** The two people line by line. A line neither record fills is left out, the alias line unless one has an alias. */
export function sideBySide(
  subject: PersonBlock,
  record: PersonBlock,
  evidence: readonly FieldEvidence[],
): ComparedRow[] {
  const rows = LINES.map(({ label, fields, read }) => {
    const found = evidence.filter((item) => fields.includes(item.field));
    const [left, right] = [read(subject), read(record)];
    return {
      label,
      subject: left,
      record: right,
      mark: markOf(found, left, right, fields.length > 0),
      why: found.map((item) => item.text),
      weight: found.length > 0 ? found.reduce((sum, item) => sum + item.weight, 0) : null,
    };
  });
  return rows.filter((row) => row.subject.length > 0 || row.record.length > 0);
}

function markOf(found: FieldEvidence[], left: string[], right: string[], weighed: boolean): Mark {
  if (left.length === 0 || right.length === 0) return MARKS.missing;
  const [main] = found;
  if (!main) {
    const same = left.some((value) => right.some((other) => other.toLowerCase() === value.toLowerCase()));
    if (same) return MARKS.agrees;
    return weighed ? MARKS.close : { ...MARKS.close, words: 'Not compared', symbol: '–', kind: 'missing' };
  }
  if (FULL.has(main.level)) return MARKS.agrees;
  return main.weight >= 0 ? MARKS.close : MARKS.differs;
}

/** An address on one line, with its kind unless it is the current one. */
export function addressLine(address: Address): string {
  const parts = [...(address.lines ?? []), address.town, address.postcode].filter(Boolean).join(', ');
  return address.type && address.type !== 'current' ? `${parts} (${address.type})` : parts;
}

function list(value: string | undefined): string[] {
  return value ? [value] : [];
}
