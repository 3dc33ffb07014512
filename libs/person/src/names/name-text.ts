import { bad, good, type Parsed } from '../parsed.js';

/**
 * Characters no name contains and that hide or reorder what a reader sees (Unicode UAX #9 and UTS #39 section 3.1):
 * controls, private use, unassigned, lone surrogates, line separators, and format characters (bidi overrides and
 * isolates, zero-width space, soft hyphen, byte-order mark). Zero-width joiner and non-joiner are let through: Persian,
 * Sinhala and several Indian names are spelt with them.
 */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/u;

/** Most text is plain, and seen to be so ten times faster than by Unicode properties. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Whether text holds a character that must never be in data shown to people. */
export function hasHiddenCharacters(text: string): boolean {
  return !PLAIN.test(text) && HIDDEN.test(text);
}

/**
 * A name, kept as given (NFC, ends trimmed, runs of spaces made one).
 * Codes: `required` (blank), `too_long`, `invalid_name` (hidden characters, or nothing that could be a name).
 */
export function parseNameText(text: unknown, maxLength = 100): Parsed<string> {
  if (typeof text !== 'string') return bad('invalid_name', 'Name must be text');
  if (text.length > maxLength * 4) return bad('too_long', `Name must be at most ${maxLength} characters`);
  const value = text.normalize('NFC').trim();
  if (value === '') return bad('required', 'Name must not be blank');
  if (hasHiddenCharacters(value)) return bad('invalid_name', 'Name has characters that cannot be seen or shown');
  if (value.length > maxLength && [...value].length > maxLength)
    return bad('too_long', `Name must be at most ${maxLength} characters`);
  if (!/[\p{L}\p{N}]/u.test(value)) return bad('invalid_name', 'Name must have at least one letter');
  return good(value.replace(/\s+/g, ' '));
}
