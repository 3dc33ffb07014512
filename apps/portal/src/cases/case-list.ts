import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { consentState, type ConsentState } from '../consent/consent.js';
import { ConsentsRepository } from '../consent/consents.repository.js';
import { CasesRepository, type CaseRow, type MeetingOfCase } from './cases.repository.js';
import { riskInWords } from './opening/criteria.js';

/** A case in a list: nobody's name, so that nothing has to be opened. */
export interface ListedCase {
  id: string;
  number: string;
  risk: string;
  repeat: boolean;
  referrer: string;
  referredAt: Date;
  children: number;
  meeting: MeetingOfCase | null;
  /** of the victim, for MARAC; `decided` = recorded reasons to share without it, later than any withdrawal */
  consent: ConsentState | 'decided';
}

export const CASES_A_PAGE = 25;

@Injectable()
export class CaseList {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(ConsentsRepository) private readonly consents: ConsentsRepository,
  ) {}

  async page(options: { undiscussed: boolean; page: number }): Promise<{ cases: ListedCase[]; total: number }> {
    const skip = (options.page - 1) * CASES_A_PAGE;
    const { cases, total } = await this.cases.page(this.database.client, { ...options, skip, take: CASES_A_PAGE });
    return { cases: await this.listed(cases), total };
  }

  async listed(cases: CaseRow[]): Promise<ListedCase[]> {
    const db = this.database.client;
    const ids = cases.map(({ id }) => id);
    const [meetings, decisions] = await Promise.all([
      this.cases.meetingsOf(db, ids),
      this.cases.withoutConsent(db, ids),
    ]);
    return Promise.all(
      cases.map(async (row) => ({
        id: row.id,
        number: row.number,
        risk: riskInWords(row.criteria),
        repeat: row.criteria.repeat,
        referrer: row.referrer,
        referredAt: row.referredAt,
        children: row.people.filter(({ role }) => role === 'child').length,
        meeting: meetings.find(({ caseId }) => caseId === row.id) ?? null,
        consent: await this.basis(
          row,
          decisions.filter(({ caseId }) => caseId === row.id).map(({ at }) => at),
        ),
      })),
    );
  }

  /** The least of the victims' states: a case is only as ready as the victim who has not been asked. */
  private async basis(row: CaseRow, decidedAt: Date[]): Promise<ListedCase['consent']> {
    const now = new Date();
    const victims = row.people.filter(({ role }) => role === 'victim');
    const states = await Promise.all(
      victims.map(async ({ subjectId }): Promise<ListedCase['consent']> => {
        const consents = await this.consents.ofPerson(this.database.client, subjectId);
        const state = consentState(consents, 'marac', now);
        const withdrawn = consents.filter((c) => c.status === 'withdrawn' && c.purposes.includes('marac'));
        const counts = decidedAt.some((at) => withdrawn.every((consent) => consent.at < at));
        return state !== 'given' && counts ? 'decided' : state;
      }),
    );
    return (['withdrawn', 'none', 'decided', 'given'] as const).find((state) => states.includes(state)) ?? 'none';
  }
}
