import { z } from 'zod';
import { date, email, nameText, nhsNumber, niNumber, phone, postcode, text, uprn } from './values.js';

export const ADDRESS_TYPES = ['current', 'previous', 'forwarding', 'mailing'] as const;

/** `confidential: true` never gets here: parseRow refuses the whole row first. */
export const addressSchema = z.strictObject({
  lines: z.array(text(200)).max(8).optional(),
  town: text(100).optional(),
  postcode: postcode.optional(),
  uprn: uprn.optional(),
  type: z.enum(ADDRESS_TYPES).optional().meta({ description: 'Absent means current' }),
  from: date.optional(),
  to: date.optional(),
  confidential: z
    .boolean()
    .optional()
    .meta({ description: 'true refuses the row: confidential addresses are never sent' }),
});
export type Address = z.infer<typeof addressSchema>;

export const SEXES = ['female', 'male', 'other', 'unknown'] as const;
/** Single letters as most case systems export them; read as the words. */
const SEX_LETTERS: Record<string, (typeof SEXES)[number]> = { F: 'female', M: 'male', X: 'other', U: 'unknown' };

export const sexSchema = z
  .enum([...SEXES, 'F', 'M', 'X', 'U'])
  .transform((value): (typeof SEXES)[number] => SEX_LETTERS[value] ?? (value as (typeof SEXES)[number]));

const aliasSchema = z
  .strictObject({ surname: nameText.optional(), forenames: z.array(nameText).max(20).optional() })
  .superRefine(mustHaveName);
export type Alias = z.infer<typeof aliasSchema>;

export const aliasesSchema = z.array(aliasSchema).max(50);

/**
 * The block every feed shares (product.md, "Feeds"). A person needs a surname or a forename: people with one name put it
 * in either (ICAO Doc 9303-3 section 4.6 puts it in the surname), and a perpetrator may be known by a forename only.
 */
export const personSchema = z
  .strictObject({
    surname: nameText.optional(),
    forenames: z.array(nameText).max(20).optional(),
    aliases: aliasesSchema.optional(),
    title: text(35).optional(),
    dateOfBirth: date.optional(),
    sex: sexSchema.optional(),
    nhsNumber: nhsNumber.optional(),
    niNumber: niNumber.optional(),
    telephones: z.array(phone).max(30).optional(),
    emails: z.array(email).max(30).optional(),
    addresses: z.array(addressSchema).max(60).optional(),
  })
  .superRefine(mustHaveName);
export type PersonBlock = z.infer<typeof personSchema>;

function mustHaveName(
  person: { surname?: string | undefined; forenames?: string[] | undefined },
  check: { addIssue(issue: { code: 'custom'; path: string[]; message: string; params: { code: string } }): void },
): void {
  if (person.surname !== undefined || (person.forenames?.length ?? 0) > 0) return;
  const message = 'Surname is missing, and there is no forename either';
  check.addIssue({ code: 'custom', path: ['surname'], message, params: { code: 'required' } });
}
