import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import type { Purpose } from '../gathering/case-facts.js';

/** Who is to have a pack, and when packs were last asked for. */
@Injectable()
export class OccasionsRepository {
  async find(db: Db, purpose: Purpose, id: string): Promise<{ recipients: string[]; requestedAt: Date | null } | null> {
    const [row] =
      purpose === 'marac'
        ? await db.$queryRaw<{ at: Date | null; recipients: string[] }[]>`
            SELECT packs_requested_at AS at, ARRAY(
              SELECT agency FROM disclosure.meeting_attendee a WHERE a.meeting_id = m.id ORDER BY agency) AS recipients
            FROM disclosure.meeting m WHERE id = ${id}::uuid`
        : await db.$queryRaw<{ at: Date | null; recipients: string[] }[]>`
            SELECT packs_requested_at AS at, ARRAY(
              SELECT agency FROM disclosure.review_member a WHERE a.review_id = r.id ORDER BY agency) AS recipients
            FROM disclosure.review r WHERE id = ${id}::uuid`;
    return row ? { recipients: row.recipients, requestedAt: row.at } : null;
  }
}
