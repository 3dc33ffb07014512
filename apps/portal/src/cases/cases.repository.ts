import type { PersonRole } from '#contracts';
import type { Db } from '#platform';
import { Injectable } from '@nestjs/common';
import type { Criteria } from './opening/criteria.js';

export interface CasePerson {
  subjectId: string;
  role: PersonRole;
  deceased: boolean;
  adultAtRisk: boolean;
}

/** A case as its own tables hold it: no person data. */
export interface CaseRow {
  id: string;
  number: string;
  recordId: string;
  referrer: string;
  criteria: Criteria;
  caldicott: boolean;
  justification: string | null;
  referredAt: Date;
  createdAt: Date;
  people: CasePerson[];
}

export interface MeetingOfCase {
  caseId: string;
  id: string;
  number: string;
  heldAt: Date;
  packsRequestedAt: Date | null;
}

const PEOPLE = { people: { orderBy: { subjectId: 'asc' } } } as const;

@Injectable()
export class CasesRepository {
  async find(db: Db, id: string): Promise<CaseRow | null> {
    return (await db.case.findUnique({ where: { id }, include: PEOPLE })) as CaseRow | null;
  }

  async byIds(db: Db, ids: readonly string[]): Promise<CaseRow[]> {
    return (await db.case.findMany({ where: { id: { in: [...ids] } }, include: PEOPLE })) as unknown as CaseRow[];
  }

  /** The case of a referral: by its record, or by a person that an earlier version of the same row named. */
  async ofReferral(db: Db, recordId: string, subjectIds: readonly string[]): Promise<CaseRow | null> {
    const known = await db.case.findFirst({
      where: { OR: [{ recordId }, { people: { some: { subjectId: { in: [...subjectIds] } } } }] },
      include: PEOPLE,
    });
    return known as CaseRow | null;
  }

  /** Newest referral first. @param undiscussed only cases that no meeting has on its agenda */
  async page(
    db: Db,
    options: { undiscussed: boolean; skip: number; take: number },
  ): Promise<{ cases: CaseRow[]; total: number }> {
    const ids = await db.$queryRaw<{ id: string; total: number }[]>`
      SELECT c.id, (count(*) OVER ())::int AS total FROM portal."case" c
      WHERE NOT ${options.undiscussed} OR NOT EXISTS (SELECT 1 FROM portal.meeting_case m WHERE m.case_id = c.id)
      ORDER BY c.referred_at DESC, c.number DESC LIMIT ${options.take} OFFSET ${options.skip}`;
    const found = new Map(
      (
        await this.byIds(
          db,
          ids.map(({ id }) => id),
        )
      ).map((row) => [row.id, row]),
    );
    return { cases: ids.flatMap(({ id }) => found.get(id) ?? []), total: ids[0]?.total ?? 0 };
  }

  async meetingsOf(db: Db, caseIds: readonly string[]): Promise<MeetingOfCase[]> {
    return db.$queryRaw<MeetingOfCase[]>`
      SELECT mc.case_id AS "caseId", m.id, m.number, m.held_at AS "heldAt", m.packs_requested_at AS "packsRequestedAt"
      FROM portal.meeting_case mc JOIN portal.meeting m ON m.id = mc.meeting_id
      WHERE mc.case_id = ANY(${[...caseIds]}::uuid[]) ORDER BY m.held_at DESC`;
  }

  async open(
    tx: Db,
    opened: Omit<CaseRow, 'caldicott' | 'justification' | 'createdAt' | 'people'>,
    people: Pick<CasePerson, 'subjectId' | 'role'>[],
  ) {
    await tx.case.create({ data: { ...opened, criteria: { ...opened.criteria }, people: { create: people } } });
  }

  /** The referral was sent again, changed: the case follows it. Nobody is taken out of a case by a new version. */
  async follow(
    tx: Db,
    id: string,
    referral: Pick<CaseRow, 'recordId' | 'criteria'>,
    people: Pick<CasePerson, 'subjectId' | 'role'>[],
  ) {
    await tx.case.update({ where: { id }, data: { recordId: referral.recordId, criteria: { ...referral.criteria } } });
    await tx.casePerson.createMany({ data: people.map((person) => ({ caseId: id, ...person })), skipDuplicates: true });
  }

  async setJustification(tx: Db, id: string, textId: string) {
    await tx.case.update({ where: { id }, data: { justification: textId } });
  }

  async signCaldicott(tx: Db, id: string) {
    await tx.case.update({ where: { id }, data: { caldicott: true } });
  }

  async addWithoutConsent(
    tx: Db,
    decision: { id: string; caseId: string; at: Date; textId: string; createdBy: string },
  ) {
    await tx.withoutConsent.create({ data: decision });
  }

  /** Newest first. */
  async withoutConsent(db: Db, caseIds: readonly string[]) {
    return db.withoutConsent.findMany({ where: { caseId: { in: [...caseIds] } }, orderBy: { at: 'desc' } });
  }

  async conflicts(db: Db, subjectIds: readonly string[]) {
    return db.conflictOfInterest.findMany({
      where: { subjectId: { in: [...subjectIds] } },
      orderBy: { agency: 'asc' },
    });
  }

  async declareConflict(tx: Db, conflict: { agency: string; subjectId: string; kind: string }) {
    await tx.conflictOfInterest.createMany({ data: [conflict], skipDuplicates: true });
  }
}
