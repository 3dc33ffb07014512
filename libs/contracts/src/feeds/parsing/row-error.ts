/** Why a row, or one identifier in it, was not taken. Goes to the sender in a receipt; never repeats the value. */
export interface RowError {
  /** Dotted, list positions from 0: `person.addresses.0.postcode`. Empty for the row itself. */
  path: string;
  code: string;
  message: string;
}

export type Path = readonly (string | number)[];

/** Codes of row errors that do not come from libs/person, and what each means. */
export const ROW_ERROR_CODES = {
  required: 'a field that must be there is missing or blank',
  invalid_type: 'text, number, yes/no, list or object where another of these belongs',
  invalid_choice: 'not one of the values this field may have',
  invalid_text: 'characters that cannot be seen, or that change the direction of text',
  invalid_name: 'nothing that could be a name, or hidden characters in it',
  mixed_scripts: 'a word of a name that mixes letters of two alphabets that look alike',
  invalid_date: 'not a real date, or one out of bounds',
  invalid_time: 'not hours and minutes',
  out_of_range: 'a number too small or too large for this field',
  too_long: 'more characters than this field takes',
  too_many: 'more entries than this list takes',
  unknown_field: 'a field this feed does not have',
  forbidden_field: 'a field name that no row may have',
  conflicting_fields: 'two fields that contradict each other',
  confidential_address: 'a refuge or confidential address: it must not be sent, and nothing of the row was kept',
  deletion_not_allowed: 'a deletion in a full submission, where a missing row already says so',
  invalid_json: 'a line that is not a JSON object',
  duplicate_ref: 'a record reference that stands twice in one submission',
  field_not_agreed: 'a field that the agreement in force does not name: it was left out, the rest of the row was kept',
  too_deep: 'lists and objects nested deeper, or more of them, than any row has',
} as const;

/** A path as receipts write it: `person.addresses.0.postcode`. */
export function pathText(path: Path): string {
  return path.join('.');
}

const SPECIAL: Record<string, string> = {
  nhsNumber: 'NHS number',
  niNumber: 'National Insurance number',
  uprn: 'UPRN',
  dashScore: 'DASH score',
  imrNeeded: 'IMR needed',
  previousMarac: 'Previous MARAC',
};

/** A field in words, from the last name of its path: `dateOfBirth` → "Date of birth". */
export function fieldWords(path: Path): string {
  const name = path.findLast((part) => typeof part === 'string') as string | undefined;
  if (name === undefined) return 'The row';
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return SPECIAL[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
