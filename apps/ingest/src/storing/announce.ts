import { enqueue, type Db } from '#platform';
import type { BatchPlace } from './records.repository.js';

/** A new record, as far as others are told of it. */
export interface RowToAnnounce {
  id: string;
  /** feed agency-history only: what the agency wrote as the request it answers */
  requestRef?: string;
}

/** Ids in one message: far below what the broker takes, and as many as a connector's batch has rows. */
const IDS_AT_ONCE = 5_000;
const REQUEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Tells the other services of new records, ids only. A large batch goes as several messages, each under an id of its own, because who
 * takes a message once knows it by that id. What an agency wrote as the request it answers may be any text: only an id is passed on.
 */
export async function announceRecords(tx: Db, place: BatchPlace, stored: RowToAnnounce[]): Promise<void> {
  const { agency, feed } = place;
  for (let from = 0, part = 1; from < stored.length; from += IDS_AT_ONCE, part++) {
    const rows = stored.slice(from, from + IDS_AT_ONCE);
    const histories = rows.flatMap(({ id, requestRef }) => {
      const request = requestRef?.toLowerCase() ?? '';
      return REQUEST_ID.test(request) ? [{ recordId: id, requestRef: request }] : [];
    });
    const batchId = part === 1 ? place.batchId : `${place.batchId}-${part}`;
    await enqueue(tx, 'ingest', {
      topic: 'records.accepted',
      // One feed of one agency stays in order: a later version of a row is compared after the earlier one.
      key: `${agency}/${feed}`,
      value: {
        batchId,
        agency,
        feed,
        recordIds: rows.map((row) => row.id),
        ...(histories.length > 0 ? { histories } : {}),
      },
    });
  }
}
