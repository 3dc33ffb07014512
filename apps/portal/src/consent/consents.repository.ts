import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Consent, NewConsent } from './consent.js';
import { samePeople } from './same-subjects.js';

@Injectable()
export class ConsentsRepository {
  async add(tx: Db, consent: NewConsent): Promise<string> {
    const id = randomUUID();
    await tx.consent.create({ data: { id, ...consent } });
    return id;
  }

  /** Every giving and withdrawing of these subjects, newest first. */
  async ofSubjects(db: Db, subjectIds: readonly string[]): Promise<Consent[]> {
    const rows = await db.consent.findMany({
      where: { subjectId: { in: [...subjectIds] } },
      orderBy: [{ at: 'desc' }, { createdAt: 'desc' }],
    });
    return rows as Consent[];
  }

  /** Of one person, under whichever of their subjects it was recorded: what is confirmed to be one person has one consent. */
  async ofPerson(db: Db, subjectId: string): Promise<Consent[]> {
    const person = (await samePeople(db, [subjectId])).get(subjectId);
    return this.ofSubjects(db, person?.all ?? [subjectId]);
  }
}
