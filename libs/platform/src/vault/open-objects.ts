import type { RecordOpener } from '#crypto';
import type { Actor } from '../auditing/append-audit.js';
import type { Database } from '../database/database.js';
import type { Place } from './seal-objects.js';

/** Why something sealed is opened: what the audit entry of the reading will say. */
export interface Reading {
  actor: Actor;
  /** past tense: PersonViewed, RecordsCompared, PackPrepared … */
  action: string;
  purpose: string;
  case?: string;
  object: { type: string; id: string };
}

/** A sealed object as its repository found it. */
export interface SealedObject extends Place {
  id: string;
  body: Uint8Array;
}

/**
 * Opens sealed objects. The first statement commits the audit entry, the second hands out the wrapped keys of a committed entry, once:
 * nothing is read unless it was logged first, whatever happens to the caller. Records nobody may see are refused (`record_sealed`).
 * Takes the database, not a transaction: inside one the entry would not be committed yet.
 * @param options `evenNone`: the reading is logged even when there is nothing to open
 * @returns plaintext by id; an erased object is missing from it
 */
export async function openObjects(
  database: Database,
  opener: RecordOpener,
  reading: Reading,
  objects: SealedObject[],
  options: { evenNone?: boolean } = {},
): Promise<Map<string, Buffer>> {
  const opened = new Map<string, Buffer>();
  if (objects.length === 0 && !options.evenNone) return opened;
  const ids = objects.map((object) => object.id);
  const [opening] = await database.client.$queryRaw<{ ticket: string }[]>`
    SELECT vault.request_opening(${JSON.stringify(reading.actor)}::jsonb, ${reading.action}, ${reading.purpose}, ${reading.case ?? null},
      ${JSON.stringify(reading.object)}::jsonb, ${ids}::uuid[]) AS ticket`;
  const rows = await database.client.$queryRaw<
    { object_id: string; wrapped: Uint8Array; ephemeral_public: Uint8Array; key_version: number }[]
  >`SELECT object_id, wrapped, ephemeral_public, key_version FROM vault.take_keys(${opening!.ticket}::uuid)`;
  const keys = new Map(rows.map((row) => [row.object_id, row]));
  for (const object of objects) {
    const key = keys.get(object.id);
    if (!key) continue;
    opened.set(
      object.id,
      opener.open(
        { table: object.table, column: object.column, rowId: object.id },
        {
          ciphertext: Buffer.from(object.body),
          wrappedKey: Buffer.from(key.wrapped),
          ephemeralPublicKey: Buffer.from(key.ephemeral_public),
          keyVersion: key.key_version,
        },
      ),
    );
  }
  return opened;
}
