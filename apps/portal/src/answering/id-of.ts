import { HubError } from '#contracts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an address can be of, in the words of the answer when there is none. */
export type Named =
  | 'match'
  | 'person'
  | 'case'
  | 'meeting'
  | 'review'
  | 'pack'
  | 'receipt'
  | 'submission'
  | 'audit entry'
  | 'agreement'
  | 'proposal';

/** Whether a text can be one of the hub's ids, in either case. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** The id in an address, in lower case. @throws HubError `not_found` for anything that cannot be one */
export function idOf(text: string, what: Named): string {
  if (!isId(text)) throw new HubError('not_found', `There is no such ${what}.`);
  return text.toLowerCase();
}
