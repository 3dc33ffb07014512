import { RecordOpener, type KeyProvider } from '#crypto';
import { KEYS, openObjects, sealObjects, type Database, type Db, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

const PLACE = { table: 'portal.sealed_text', column: 'body' };

/** Free text a person wrote: ciphertext in portal.sealed_text, its key in the vault. */
@Injectable()
export class SealedTexts {
  constructor(
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(RecordOpener) private readonly opener: RecordOpener,
  ) {}

  /** Seals one text in the caller's transaction. @param content any JSON @returns the id other rows point at */
  async keep(tx: Db, kind: string, content: unknown): Promise<string> {
    const id = randomUUID();
    const plaintext = Buffer.from(JSON.stringify(content), 'utf8');
    const bodies = await sealObjects(tx, await this.keys.recordPublicKey(), PLACE, [{ id, plaintext }]);
    await tx.sealedText.create({ data: { id, kind, body: Uint8Array.from(bodies.get(id)!) } });
    return id;
  }

  /** Opens texts; the reading is in the audit before any of them is. @returns JSON by id; an erased text is missing */
  async read<T>(database: Database, reading: Reading, ids: string[]): Promise<Map<string, T>> {
    if (ids.length === 0) return new Map();
    const rows = await database.client.sealedText.findMany({
      where: { id: { in: ids } },
      select: { id: true, body: true },
    });
    const opened = await openObjects(
      database,
      this.opener,
      reading,
      rows.map((row) => ({ ...PLACE, ...row })),
    );
    return new Map([...opened].map(([id, plaintext]) => [id, JSON.parse(plaintext.toString('utf8')) as T]));
  }
}
