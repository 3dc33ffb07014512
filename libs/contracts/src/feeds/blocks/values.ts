import {
  Email,
  hasHiddenCharacters,
  NhsNumber,
  NiNumber,
  parseNameText,
  PartialDate,
  Phone,
  Postcode,
  Uprn,
  type Parsed,
} from '#person';
import { z } from 'zod';

/** The scalar values of feed rows. Every refusal carries one of our codes in `params.code`; no message repeats a value. */

type Check = { addIssue(issue: { code: 'custom'; message: string; params: { code: string } }): void };

/** A value of libs/person inside a schema: refused with its code and words, kept as `pick` says. */
function keep<T, V>(parsed: Parsed<T>, check: Check, pick: (value: T) => V): V {
  if (parsed.ok) return pick(parsed.value);
  check.addIssue({ code: 'custom', message: parsed.message, params: { code: parsed.code } });
  return z.NEVER;
}

const same = (value: string): string => value;

/** One line of text, or with `lines` several: no hidden or direction-changing characters, 1 to `max` characters. */
export function text(max: number, options: { lines?: boolean } = {}) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !hasHiddenCharacters(options.lines ? value.replace(/[\n\r\t]/g, '') : value), {
      message: 'Text has characters that cannot be seen or shown',
      params: { code: 'invalid_text' },
    });
}

/** A free account in a person's words: several lines, at most 4,000 characters. */
export const account = text(4000, { lines: true });

/**
 * A value from the agency's own list. Agencies' systems differ and a row about a person at risk must not be lost over a
 * spelling, so any short text is taken; `usual` are the values a new system should use, from `source`.
 */
export function coded(usual: readonly string[], source: string) {
  return text(100).meta({ examples: [...usual], description: `Usual values: ${usual.join(', ')}. Source: ${source}` });
}

export const nameText = z
  .string()
  .transform((value, check) => keep(parseNameText(value), check, same))
  .meta({ minLength: 1, maxLength: 100, description: 'A name as the person gives it' });

/** Of an agency: stable, its own; 1 to 64 visible characters. */
export const recordRef = text(64).meta({ description: "The agency's own stable reference of this record" });

export const nhsNumber = z
  .string()
  .transform((value, check) => keep<string, string>(NhsNumber.parse(value), check, same))
  .meta({ description: 'NHS number: 10 digits with check digit', examples: ['9434765919'] });

export const niNumber = z
  .string()
  .transform((value, check) => keep<string, string>(NiNumber.parse(value), check, same))
  .meta({ description: 'National Insurance number', examples: ['AB123456C'] });

/** Spreadsheets hold UPRNs as numbers, which loses nothing: they are below 2^53 and have no meaningful leading zeros. */
export const uprn = z
  .union([z.string(), z.int().positive()])
  .transform((value, check) => keep<string, string>(Uprn.parse(String(value)), check, same))
  .meta({ description: 'Unique Property Reference Number, 1 to 12 digits' });

export const postcode = z
  .string()
  .transform((value, check) => keep(Postcode.parse(value), check, (parsed) => parsed.full))
  .meta({ description: 'Postcode', examples: ['NG17 1AA'] });

export const phone = z
  .string()
  .transform((value, check) => keep<string, string>(Phone.parse(value), check, same))
  .meta({ description: 'Telephone number; British unless it starts with + and a country code' });

export const email = z
  .string()
  .transform((value, check) => keep<string, string>(Email.parse(value), check, same))
  .meta({ description: 'Email address' });

const DATE = '^\\d{4}(-\\d{2}(-\\d{2})?)?$';

/** A date, also in the future, known to the year, month or day. Whether a birth is in the future is seen in parseRow, which has the clock. */
export const date = z
  .string()
  .transform((value, check) => keep(PartialDate.parse(value, { future: true }), check, (parsed) => parsed.iso))
  .meta({ pattern: DATE, description: 'YYYY-MM-DD, or YYYY-MM or YYYY where no more is known' });

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** A date, or a date and time (without an offset: British local time). */
export const moment = z
  .string()
  .transform((value, check) => {
    const timed = MOMENT.exec(value.trim());
    if (!timed) return keep(PartialDate.parse(value, { future: true }), check, (parsed) => parsed.iso);
    return keep(PartialDate.parse(timed[1], { future: true }), check, () => timed[0]);
  })
  .meta({ description: 'A date (YYYY-MM-DD) or a date and time (ISO 8601)', examples: ['2026-11-03T14:30:00Z'] });

export const timeOfDay = z
  .string()
  .trim()
  .refine((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), {
    message: 'Time must be hours and minutes, like 14:30',
    params: { code: 'invalid_time' },
  })
  .meta({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

/** Pounds; below zero is a credit. */
export const money = z
  .number()
  .min(-10_000_000)
  .max(10_000_000)
  .meta({ description: 'Pounds, at most two decimals shown' });

export const days = z.int().min(0).max(40_000);
