import type { NameParts } from '../../people/person.js';

/** Names parents give together: the same beginning (Jaden, Jacob) or the same ending (Ella, Bella). */
export function alike(one: NameParts, other: NameParts): boolean {
  const [a = '', b = ''] = [one.forenames[0]?.toLowerCase(), other.forenames[0]?.toLowerCase()];
  return a !== b && (a.slice(0, 2) === b.slice(0, 2) || (a.length > 3 && a.slice(-3) === b.slice(-3)));
}
