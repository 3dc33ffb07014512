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

  /** @returns false when packs had been asked for already: the row decides, so two at once cannot both win */
  async requestPacks(tx: Db, id: string, at: Date): Promise<boolean> {
    const { count } = await tx.meeting.updateMany({
      where: { id, packsRequestedAt: null },
      data: { packsRequestedAt: at },
    });
    return count === 1;
  }
}
