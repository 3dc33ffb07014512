import type { Db, SealedObject } from '#platform';
import { Injectable } from '@nestjs/common';

export interface SealedRecord extends SealedObject {
  agency: string;
  receivedAt: Date;
}

/** Ciphertexts, to be opened through the vault. Only the newest version of a row is one. */
@Injectable()
export class SealedRepository {
  async records(db: Db, ids: string[]): Promise<SealedRecord[]> {
    const rows = await db.$queryRaw<{ id: string; agency: string; body: Uint8Array; received_at: Date }[]>`
      SELECT id, agency, body, received_at FROM disclosure.visible_record
      WHERE id = ANY(${ids}::uuid[]) AND state = 'active' ORDER BY received_at, id`;
    return rows.map(({ id, agency, body, received_at }) => ({
      id,
      agency,
      body,
      receivedAt: received_at,
      table: 'ingest.record',
      column: 'body',
    }));
  }

  async texts(db: Db, ids: string[]): Promise<SealedObject[]> {
    const rows = await db.$queryRaw<{ id: string; body: Uint8Array }[]>`
      SELECT id, body FROM disclosure.sealed_text WHERE id = ANY(${ids}::uuid[])`;
    return rows.map((row) => ({ ...row, table: 'portal.sealed_text', column: 'body' }));
  }
}
