import type { ComparisonSettings } from '#linkage';

/** The kinds of comparison there are, and what each takes its columns for. */
export const KINDS: Record<ComparisonSettings['kind'], string> = {
  name: 'a name',
  date: 'a date',
  postcode: 'a postcode',
  address: 'an address',
  identifier: 'an identifier',
  email: 'an e-mail address',
  phone: 'a telephone number',
  category: 'one of some words',
  text: 'text',
  exact: 'the same or not',
};
