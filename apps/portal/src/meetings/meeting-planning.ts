import { HubError } from '#contracts';
import { appendAudit, Database, OutboxRelay } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorOf } from '../allowing/allow.js';
import { CasesRepository } from '../cases/cases.repository.js';
import { nextNumber } from '../cases/next-number.js';
import { sendEvent } from '../cases/send-event.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agendaOrder } from './agenda.js';
import type { MeetingForm } from './meeting-forms.js';
import { MeetingsRepository } from './meetings.repository.js';
import { mayAskAgain } from './packs/asking-again.js';
import { PacksRepository } from './packs/packs.repository.js';

/** Puts cases on a meeting's agenda, and asks for its packs: disclosure decides on every item in them. */
@Injectable()
export class MeetingPlanning {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(MeetingsRepository) private readonly meetings: MeetingsRepository,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(OutboxRelay) private readonly outbox: Pick<OutboxRelay, 'nudge'>,
  ) {}

  async plan(user: SessionUser, form: MeetingForm): Promise<{ id: string; number: string }> {
    const id = randomUUID();
    return this.database.unitOfWork(async (tx) => {
      const wanted = [...new Set(form.caseIds)];
      const cases = await this.cases.byIds(tx, wanted);
      if (cases.length !== wanted.length) throw new HubError('not_found', 'One of the cases does not exist.');
      const order = agendaOrder(
        cases.map((row) => ({ ...row, children: row.people.filter(({ role }) => role === 'child').length })),
      ).map((row) => row.id);
      const number = await nextNumber(tx, 'M', 3);
      const attendees = [...new Set(form.attendees)];
      await this.meetings.plan(tx, { id, number, heldAt: new Date(form.heldAt), area: form.area }, order, attendees);
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'MeetingPlanned',
        purpose: 'marac',
        object: { type: 'meeting', id },
        outcome: 'planned',
        detail: { cases: order.length, attendees: attendees.length },
      });
      return { id, number };
    });
  }

  /** @throws HubError `conflict` when they were asked for before, and each agency's is sent or on its way */
  async requestPacks(user: SessionUser, meetingId: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      const meeting = await this.meetings.find(tx, meetingId);
      if (!meeting) throw new HubError('not_found', 'There is no such meeting.');
      const before = meeting.packsRequestedAt;
      const attendees = meeting.attendees.map(({ agency }) => agency);
      const may = !before || mayAskAgain(attendees, await this.packs.ofMeeting(tx, meetingId), before);
      if (!may || !(await this.meetings.requestPacks(tx, meetingId, before)))
        throw new HubError('conflict', 'The packs of this meeting have been asked for already.');
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'PacksRequested',
        purpose: 'marac',
        object: { type: 'meeting', id: meetingId },
        outcome: before ? 'requested_again' : 'requested',
      });
      await sendEvent(tx, 'packs.requested', meetingId, { kind: 'marac', meetingId, requestedBy: user.id });
    });
    this.outbox.nudge();
  }
}
