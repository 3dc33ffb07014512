/** Values as housing and case systems write them, apart from dates (dates.ts), names and codes. undefined: not readable as such. */

/** £1,234.56 · (12.50) · 12.50CR · 12.50 DR · -12.50 · 12.50- · GBP 20. A credit, in the tenant's favour, is below zero. */
export function readMoney(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/\u2212/g, '-')
    .replace(/[\s\u00a0\u202f]+/g, '');
  const match =
    /^(\()?([+-])?(?:£|gbp)?([+-])?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(e[+-]?\d+)?(\))?([+-])?(cr|dr|c|d)?$/i.exec(plain);
  if (!match) return undefined;
  const [, open, before, after, whole, decimals, power, close, trailing, side] = match;
  if ((open === undefined) !== (close === undefined)) return undefined;
  if (whole === undefined && (decimals === undefined || decimals === '.')) return undefined;
  const signs = [before, after, trailing, open, side && /^c/i.test(side) ? '-' : undefined].filter(
    (sign) => sign === '-' || sign === '(',
  );
  if (signs.length > 1) return undefined;
  const amount = Number(
    `${(whole ?? '0').replaceAll(',', '')}${decimals === '.' ? '' : (decimals ?? '')}${power ?? ''}`,
  );
  if (!Number.isFinite(amount)) return undefined;
  // Spreadsheets store 98.2 as 98.200000000000003.
  const pounds = Math.round(amount * 100) / 100;
  return signs.length === 1 && pounds !== 0 ? -pounds : pounds;
}

/** 60 · 60.0 · 1,200 · "60 days". */
export function readNumber(text: string): number | undefined {
  const match = /^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:\s*(?:days?|weeks?|%))?$/i.exec(text.trim());
  if (!match || /week|%/i.test(text)) return undefined;
  return Number(match[1]!.replaceAll(',', ''));
}

const YES = new Set([
  'y',
  'yes',
  'true',
  't',
  '1',
  '-1',
  'x',
  'on',
  'ticked',
  'checked',
  'selected',
  '✓',
  '✔',
  '☑',
  '☒',
  '1.0',
  'given',
]);
const NO = new Set([
  'n',
  'no',
  'false',
  'f',
  '0',
  'off',
  'unticked',
  'unchecked',
  'not ticked',
  'not selected',
  '✗',
  '✘',
  '☐',
  '0.0',
  'none',
]);

/** Y/N, 1/0, True/False, ticked… */
export function readYesNo(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

const NOTHING = new Set([
  'null',
  '(null)',
  'n/a',
  'na',
  'nil',
  '-',
  '--',
  '.',
  '?',
  'unknown',
  'not known',
  'nk',
  'n/k',
  'not recorded',
  'not applicable',
  'not provided',
  'not stated',
  'none recorded',
  'tbc',
  'undefined',
  'nan',
  '(blank)',
]);

/** Whether a cell says in words that it has nothing to say. Not for names: people are called Null and Nil. */
export function saysNothing(text: string): boolean {
  return text.length <= 20 && NOTHING.has(text.trim().toLowerCase());
}

/** A cell a spreadsheet shows instead of a value. `#FORMULA!` is ours: a formula whose result was not stored. */
export const SPREADSHEET_ERROR =
  /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FORMULA!|#+)$/;

/** 9.99E+09: the digits after these are lost. */
export const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d{1,2}$/i;

/** Excel takes 07700900123 for a number and drops its 0; systems also write 44 without the plus. */
export function readPhones(text: string): string[] {
  return text
    .split(/\s*[;|]\s*|\s*(?:,|\/|\bor\b)\s*(?=\+?\(?\d{3})/i)
    .map((one) => one.trim().replace(/\.0$/, ''))
    .filter(Boolean)
    .map((one) => {
      const digits = one.replace(/[\s.-]/g, '');
      if (/^[12357-9]\d{9}$/.test(digits)) return `0${digits}`;
      return /^44[12357-9]\d{9}$/.test(digits) ? `+${digits}` : one;
    });
}

const POSTCODE_AT_END = /[,\s]*\b([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\s*$/i;

/** A whole address in one cell: lines by line breaks or commas, the postcode at the end, the town before it. */
export function readAddress(text: string): { lines?: string[]; town?: string; postcode?: string } {
  const postcode = POSTCODE_AT_END.exec(text)?.[1];
  const parts = (postcode ? text.replace(POSTCODE_AT_END, '') : text)
    .split(/\s*(?:[\n\r,;|]|\s{3,})\s*/)
    .map((part) => part.trim())
    .filter(Boolean);
  // "12, Made Up Road": a house number is no line of its own.
  const lines = parts.reduce<string[]>((done, part) => {
    if (done.length > 0 && /^\d+[a-z]?$/i.test(done.at(-1)!)) done[done.length - 1] += ` ${part}`;
    else done.push(part);
    return done;
  }, []);
  const town = lines.length > 1 ? lines.pop() : undefined;
  return {
    ...(lines.length > 0 ? { lines: lines.slice(0, 8) } : {}),
    ...(town ? { town } : {}),
    ...(postcode ? { postcode } : {}),
  };
}
