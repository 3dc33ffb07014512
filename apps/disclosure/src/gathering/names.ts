import type { PersonBlock } from '#contracts';

/** A name for comparing: no case, no accents, no marks between its parts. */
export function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** "Mary Ann O'Sample": as the person gives it. */
export function fullName(person: Pick<PersonBlock, 'forenames' | 'surname'>): string {
  return [...(person.forenames ?? []), person.surname].filter(Boolean).join(' ');
}

/** The ways a person is called in a text, longest first: whole, first name and surname, each part alone; aliases too. */
export function formsOf(person: PersonBlock): string[] {
  const forms = [person, ...(person.aliases ?? [])].flatMap(({ forenames = [], surname }) => [
    fullName({ forenames, surname }),
    fullName({ forenames: forenames.slice(0, 1), surname }),
    ...forenames.slice(0, 1),
    surname ?? '',
  ]);
  return [...new Set(forms)].filter((form) => form.length > 2).sort((a, b) => b.length - a.length);
}
