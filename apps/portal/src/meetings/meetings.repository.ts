import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';

export interface MeetingRow {
  id: string;
  number: string;
  heldAt: Date;
  area: string;
  packsRequestedAt: Date | null;
  cases: { caseId: string; position: number }[];
  attendees: { agency: string }[];
}

const WHOLE = { cases: { orderBy: { position: 'asc' } }, attendees: { orderBy: { agency: 'asc' } } } as const;

@Injectable()
export class MeetingsRepository {
  async find(db: Db, id: string): Promise<MeetingRow | null> {
    return db.meeting.findUnique({ where: { id }, include: WHOLE });
  }

  /** Latest first. */
  async all(db: Db): Promise<MeetingRow[]> {
    return db.meeting.findMany({ include: WHOLE, orderBy: { heldAt: 'desc' }, take: 200 });
  }

  async plan(
    tx: Db,
    meeting: Pick<MeetingRow, 'id' | 'number' | 'heldAt' | 'area'>,
    caseIds: string[],
    attendees: string[],
  ) {
    await tx.meeting.create({
      data: {
        ...meeting,
        cases: { create: caseIds.map((caseId, index) => ({ caseId, position: index + 1 })) },
        attendees: { create: attendees.map((agency) => ({ agency })) },
      },
    });
  }

  /**
   * The time is the database's, as that of the packs disclosure then makes.
   * @param before the last asking one knows of
   * @returns false when somebody asked meanwhile: the row decides, so two at once cannot both win
   */
  async requestPacks(tx: Db, id: string, before: Date | null): Promise<boolean> {
    const rows = await tx.$executeRaw`
      UPDATE portal.meeting SET packs_requested_at = clock_timestamp()
      WHERE id = ${id}::uuid AND packs_requested_at IS NOT DISTINCT FROM ${before}::timestamptz`;
    return rows === 1;
  }
}
