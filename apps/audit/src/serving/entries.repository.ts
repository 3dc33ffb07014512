import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

/** Looks up sealed entries by id. */
@Injectable()
export class EntriesRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Place and bytes of an entry in the log; null when there is no such entry or it is not sealed. */
  async sealed(id: string): Promise<{ index: number; leaf: Buffer } | null> {
    const row = await this.database.client.auditEntry.findUnique({
      where: { id },
      select: { leafIndex: true, leaf: true },
    });
    if (row?.leafIndex == null || row.leaf === null) return null;
    return { index: Number(row.leafIndex), leaf: Buffer.from(row.leaf) };
  }
}
