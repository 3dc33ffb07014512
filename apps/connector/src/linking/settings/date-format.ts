/** strptime's letters that stand for a part of a date or a time. */
const MEANT = /%[dejmbByYHIMSfpzZ]/g;

/** Whether every letter of a format means something; `T` and `Z` may stand for themselves, as in ISO 8601. */
export function isDateFormat(format: string): boolean {
  const rest = format.replace(MEANT, '');
  return rest !== format && !/[%\p{L}\p{N}]/u.test(rest.replace(/[TZ]/g, ''));
}
