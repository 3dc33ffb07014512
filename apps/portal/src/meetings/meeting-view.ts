import { HubError } from '#contracts';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { CaseList, type ListedCase } from '../cases/case-list.js';
import { CasesRepository, type CaseRow } from '../cases/cases.repository.js';
import { PeopleRecordsRepository } from '../cases/reading/people-records.repository.js';
import { samePeople } from '../consent/same-subjects.js';
import { MeetingsRepository, type MeetingRow } from './meetings.repository.js';
import { mayAskAgain } from './packs/asking-again.js';
import { PacksRepository, type PackRow } from './packs/packs.repository.js';

/** A case as the agenda shows it: nobody's name. */
export interface AgendaEntry extends ListedCase {
  position: number;
  /** matches of its people that nobody has decided yet */
  waiting: number;
  justified: boolean;
  caldicott: boolean;
  /** agencies with a declared conflict with one of its people */
  conflicts: string[];
}

export interface MeetingView extends Omit<MeetingRow, 'cases' | 'attendees'> {
  cases: AgendaEntry[];
  attendees: string[];
  /** newest first for each recipient */
  packs: PackRow[];
  /** the packs may be asked for once more */
  again: boolean;
}

/** A meeting as somebody preparing it needs it: what is on the agenda, what is still missing, how far the packs are. */
@Injectable()
export class MeetingViews {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(CaseList) private readonly list: CaseList,
    @Inject(PeopleRecordsRepository) private readonly records: PeopleRecordsRepository,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  async all() {
    const meetings = await this.meetings.all(this.database.client);
    return meetings.map(({ cases, attendees, ...meeting }) => ({
      ...meeting,
      cases: cases.length,
      attendees: attendees.length,
    }));
  }

  async one(id: string): Promise<MeetingView> {
    const db = this.database.client;
    const meeting = await this.meetings.find(db, id);
    if (!meeting) throw new HubError('not_found', 'There is no such meeting.');
    const rows = await this.cases.byIds(
      db,
      meeting.cases.map(({ caseId }) => caseId),
    );
    const [listed, packs, waiting, conflicts] = await Promise.all([
      this.list.listed(rows),
      this.packs.ofMeeting(db, id),
      this.waiting(rows),
      this.cases.conflicts(db, rows.flatMap(subjectsOf)),
    ]);
    const cases = meeting.cases.flatMap(({ caseId, position }) => {
      const row = rows.find((one) => one.id === caseId);
      const entry = listed.find((one) => one.id === caseId);
      if (!row || !entry) return [];
      const own = conflicts.filter(({ subjectId }) => subjectsOf(row).includes(subjectId)).map(({ agency }) => agency);
      return [
        {
          ...entry,
          position,
          waiting: waiting.get(caseId) ?? 0,
          justified: row.justification !== null,
          caldicott: row.caldicott,
          conflicts: [...new Set(own)],
        },
      ];
    });
    const attendees = meeting.attendees.map(({ agency }) => agency);
    return { ...meeting, cases, attendees, packs, again: mayAskAgain(attendees, packs, meeting.packsRequestedAt) };
  }

  private async waiting(rows: CaseRow[]): Promise<Map<string, number>> {
    const db = this.database.client;
    const same = await samePeople(db, rows.flatMap(subjectsOf));
    const counts = await this.records.waiting(db, [...new Set([...same.values()].flatMap(({ all }) => all))]);
    return new Map(
      rows.map((row) => {
        const subjects = new Set(subjectsOf(row).flatMap((id) => same.get(id)?.all ?? []));
        return [row.id, [...subjects].reduce((sum, id) => sum + (counts.get(id) ?? 0), 0)];
      }),
    );
  }
}

function subjectsOf(row: CaseRow): string[] {
  return row.people.map(({ subjectId }) => subjectId);
}
