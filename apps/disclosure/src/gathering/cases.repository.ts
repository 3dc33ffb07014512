import type { Criteria } from '#policy';
import type { Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseFacts, Occasion, Purpose, Source } from './case-facts.js';
import { PeopleRepository, type SourceOfSubject } from './people.repository.js';

interface CaseRow {
  id: string;
  number: string;
  criteria: Criteria;
  caldicott: boolean;
  justification: string | null;
  review: CaseFacts['review'];
}

interface PersonRow {
  case_id: string;
  subject_id: string;
  role: string;
  deceased: boolean;
  adult_at_risk: boolean;
}

/** Meetings and reviews with their cases, read through the views made for disclosure. */
@Injectable()
export class CasesRepository {
  constructor(@Inject(PeopleRepository) private readonly people: PeopleRepository) {}

  /** Everything that decides, as it stands at this statement; null when there is no such meeting or review. */
  async occasion(db: Db, purpose: Purpose, id: string): Promise<Occasion | null> {
    return purpose === 'marac' ? this.meeting(db, id) : this.review(db, id);
  }

  private async meeting(db: Db, id: string): Promise<Occasion | null> {
    const [meeting] = await db.$queryRaw<{ number: string; held_at: Date }[]>`
      SELECT number, held_at FROM disclosure.meeting WHERE id = ${id}::uuid`;
    if (!meeting) return null;
    const attendees = await db.$queryRaw<{ agency: string }[]>`
      SELECT agency FROM disclosure.meeting_attendee WHERE meeting_id = ${id}::uuid ORDER BY agency`;
    const cases = await db.$queryRaw<CaseRow[]>`
      SELECT c.id, c.number, c.criteria, c.caldicott, c.justification, NULL AS review
      FROM disclosure.meeting_case m JOIN disclosure."case" c ON c.id = m.case_id
      WHERE m.meeting_id = ${id}::uuid ORDER BY m.position, c.number`;
    const people = await db.$queryRaw<PersonRow[]>`
      SELECT p.case_id, p.subject_id, p.role, p.deceased, p.adult_at_risk
      FROM disclosure.case_person p JOIN disclosure.meeting_case m ON m.case_id = p.case_id
      WHERE m.meeting_id = ${id}::uuid ORDER BY p.subject_id`;
    const recipients = attendees.map(({ agency }) => agency);
    const facts = await this.facts(db, cases, people);
    return { purpose: 'marac', id, number: meeting.number, heldAt: meeting.held_at, recipients, cases: facts };
  }

  private async review(db: Db, id: string): Promise<Occasion | null> {
    const [review] = await db.$queryRaw<{ number: string; opened_at: Date | null; closed_at: Date | null }[]>`
      SELECT number, opened_at, closed_at FROM disclosure.review WHERE id = ${id}::uuid`;
    if (!review) return null;
    const members = await db.$queryRaw<{ agency: string }[]>`
      SELECT agency FROM disclosure.review_member WHERE review_id = ${id}::uuid ORDER BY agency`;
    const people = await db.$queryRaw<PersonRow[]>`
      SELECT review_id AS case_id, subject_id, role, deceased, false AS adult_at_risk
      FROM disclosure.review_person WHERE review_id = ${id}::uuid ORDER BY subject_id`;
    // A review has no sign-off of its own: one that covers a case with all of its people covers it.
    const [signed] = await db.$queryRaw<{ caldicott: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM disclosure."case" c WHERE c.caldicott AND NOT EXISTS (
        SELECT 1 FROM disclosure.review_person r WHERE r.review_id = ${id}::uuid AND NOT EXISTS (
          SELECT 1 FROM disclosure.case_person p WHERE p.case_id = c.id AND p.subject_id = r.subject_id))) AS caldicott`;
    const caldicott = signed!.caldicott && people.length > 0;
    const open = review.opened_at !== null && review.closed_at === null;
    const { number } = review;
    const row = { id, number, criteria: {}, caldicott, justification: null, review: { id, open } };
    const cases = await this.facts(db, [row], people);
    return { purpose: 'dhr', id, number, heldAt: null, recipients: members.map(({ agency }) => agency), cases };
  }

  private async facts(db: Db, cases: CaseRow[], people: PersonRow[]): Promise<CaseFacts[]> {
    const ids = cases.map((row) => row.id);
    const personOf = await this.people.personOf(db, people);
    const subjects = [...new Set([...personOf.values()].flatMap((of) => [...of.keys()]))];
    const [sources, consents] = [await this.people.sources(db, subjects), await this.people.consents(db, subjects)];
    const without = await db.$queryRaw<{ case_id: string; at: Date; text_id: string }[]>`
      SELECT case_id, at, text_id FROM disclosure.without_consent WHERE case_id = ANY(${ids}::uuid[]) ORDER BY at DESC, id`;
    return cases.map((row) => {
      const of = personOf.get(row.id) ?? new Map<string, string>();
      const direct = new Set(people.filter((p) => p.case_id === row.id).map((p) => p.subject_id));
      const mine = sources.filter(({ subject }) => of.has(subject)).map((source) => toSource(source, of, direct));
      // A record that is the person's own rests on no link, whatever else names it: those stand last and win.
      mine.sort((a, b) => Number(a.matchId === null) - Number(b.matchId === null));
      return {
        ...row,
        personOf: of,
        people: people
          .filter((p) => p.case_id === row.id)
          .map((p) => ({
            id: of.get(p.subject_id)!,
            role: p.role,
            deceased: p.deceased,
            adultAtRisk: p.adult_at_risk,
          })),
        sources: [...new Map(mine.map((source) => [`${source.recordId}/${source.part}`, source])).values()],
        withoutConsent: without
          .filter(({ case_id }) => case_id === row.id)
          .map(({ at, text_id }) => ({ at, textId: text_id })),
        consents: consents
          .filter(({ subject }) => of.has(subject))
          .map(({ subject, ...consent }) => ({ ...consent, person: of.get(subject)! })),
      };
    });
  }
}

function toSource(source: SourceOfSubject, of: Map<string, string>, direct: Set<string>): Source {
  const { subject, own, recordId, part, matchId } = source;
  return { recordId, part, person: of.get(subject)!, matchId: own && direct.has(subject) ? null : matchId };
}
