import { HubError } from '#contracts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id from an address. @throws HubError `not_found` for anything that cannot be one */
export function matchId(text: string): string {
  if (!UUID.test(text)) throw new HubError('not_found', 'There is no such match.');
  return text.toLowerCase();
}
