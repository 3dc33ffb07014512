import { blockingKeys, personInputOf, prepare } from '#linkage';
import { peopleIn, type FeedName, type Manifest } from '#contracts';
import type { BlindIndex } from '#crypto';
import { randomUUID } from 'node:crypto';
import type { TakenRow } from '../validating/rows.js';

/** A row ready to be sealed: its plaintext, and what may be known of it without opening it. */
export interface RowToSeal {
  id: string;
  refToken: Buffer;
  contentToken: Buffer;
  blindKeys: bigint[];
  plaintext: Buffer;
  /** feed agency-history only: the hub's own id of the request it answers */
  requestRef?: string;
}

/** More keys than this a row would say more about it than they help to find it. */
const MAX_BLIND_KEYS = 400;

/** Makes the plaintext of a record and its keyed tokens. Feed agency-history is never matched, so it gets no blind keys. */
export function rowToSeal(agency: string, manifest: Manifest, taken: TakenRow, index: BlindIndex): RowToSeal {
  const feed = manifest.feed as FeedName;
  const text = JSON.stringify({ agency, feed, row: taken.value });
  const keys = new Set<string>();
  if (feed !== 'agency-history')
    for (const { person } of peopleIn(feed, taken.value as never))
      for (const key of blockingKeys(prepare(personInputOf(person)))) keys.add(key);
  const requestRef = (taken.value as { requestRef?: unknown }).requestRef;
  return {
    id: randomUUID(),
    refToken: index.tokenForRef(agency, feed, taken.recordRef),
    contentToken: index.tokenForRef(agency, `${feed}#content`, text),
    blindKeys: [...new Set(index.tokens([...keys].slice(0, MAX_BLIND_KEYS)))],
    plaintext: Buffer.from(text),
    ...(feed === 'agency-history' && typeof requestRef === 'string' ? { requestRef } : {}),
  };
}
