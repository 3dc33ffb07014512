/** What to do about a problem, by its code: for a data officer, in the words of Excel and of exports. */
const ADVICE: Record<string, string> = {
  required: 'Fill it in the system the row comes from, or check that the right column is mapped to it.',
  invalid_type: 'Correct it in the system, or map the column to another field.',
  invalid_choice: 'Use one of the values named, or add the code to "codes" in the mapping.',
  invalid_text: 'Type the text again; it holds characters that cannot be seen.',
  invalid_name: 'Type the name again, with letters only.',
  invalid_date: 'Correct the date in the system (a real day, not in the future for a birth).',
  invalid_time: 'Write it as hours and minutes, like 14:30.',
  invalid_nhs_number:
    'Compare it with the letter or card it was taken from; one digit is wrong. The row is sent without it.',
  invalid_ni_number:
    'Two letters, six digits, one letter A to D; temporary numbers are not taken. The row is sent without it.',
  invalid_uprn: 'Up to 12 digits, from the gazetteer. The row is sent without it.',
  invalid_postcode: 'Write it like NG17 1AA. The row is sent without it.',
  invalid_phone: 'One number in a cell, digits only, no names beside it. The row is sent without it.',
  invalid_email: 'One address in a cell. The row is sent without it.',
  out_of_range: 'Correct the number in the system.',
  too_long: 'Shorten it, or check that the column is mapped to the right field.',
  too_many: 'Send at most as many entries as the field takes.',
  unknown_field: 'Leave the field out, or rename it as docs/sending-feeds.md names it.',
  forbidden_field: 'Leave the field out.',
  conflicting_fields: 'Give one of the two.',
  confidential_address: 'It is not sent. Remove it from the export if you can.',
  deletion_not_allowed: 'Send deletions with --mode delta.',
  duplicate_ref:
    'Give each row a reference of its own (for joint tenants: tenancy and person), or map another column to recordRef.',
  too_deep: 'Send one row a person, with the fields of the feed only.',
  ambiguous_date:
    'Say which it is: --dates day-first (31/12/2026) or --dates month-first, or export the column as 2026-12-31.',
  ambiguous_century: 'Export years with four digits.',
  two_people: 'Export one row a person, each with a reference of its own.',
  spreadsheet_error: 'Mend the formula, or open the file in Excel and save it again. The field is left out.',
  digits_lost:
    'In Excel, format the column as Text before the data is put in, and export again. The field is left out.',
  turned_to_date:
    'In Excel, format the column as Text before the data is put in, and export again. The field is left out.',
  not_yes_or_no: 'Use yes or no (also Y/N, 1/0, true/false, ticked), or add the code to "codes" in the mapping.',
  not_a_number: 'Write it as a number, like 1234.56 or 60; credits as -12.50 or 12.50CR.',
  ragged_line: 'A cell with a comma or line break must stand in quotation marks. Export again as "CSV UTF-8" or .xlsx.',
  invalid_json: 'Write each row as one JSON object on a line of its own.',
};

/** What to do about a problem of this code. */
export function advice(code: string): string {
  return ADVICE[code] ?? 'Correct it in the system the row comes from, and export again.';
}
