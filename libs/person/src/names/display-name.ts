/** As much of a person block as a name on a page needs. */
export interface NamedPerson {
  surname?: string | undefined;
  forenames?: readonly string[] | undefined;
}

/** The name as the person gives it: forenames, then surname, untouched. Someone with one name has just that one. */
export function displayName(person: NamedPerson): string {
  const parts = [...(person.forenames ?? []), person.surname ?? ''].map((part) => part.trim());
  return parts.filter((part) => part !== '').join(' ') || 'Name not known';
}
