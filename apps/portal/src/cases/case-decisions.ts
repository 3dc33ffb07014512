import { HubError } from '#contracts';
import { appendAudit, Database, OutboxRelay, type AuditAct, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorOf } from '../allowing/allow.js';
import { takenBack } from '../consent/consent-from-feed.js';
import { ConsentKeeping } from '../consent/consent-keeping.js';
import { SealedTexts } from '../sealing/sealed-texts.js';
import type { SessionUser } from '../signing-in/session-user.js';
import type { ConflictForm, ConsentForm, JustificationForm, WithoutConsentForm } from './case-forms.js';
import { CasesRepository, type CaseRow } from './cases.repository.js';

/** What people decide about a case. Each is one transaction of effect, audit entry and event. */
@Injectable()
export class CaseDecisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(ConsentKeeping) private readonly consents: ConsentKeeping,
    @Inject(SealedTexts) private readonly texts: SealedTexts,
    @Inject(OutboxRelay) private readonly outbox: Pick<OutboxRelay, 'nudge'>,
  ) {}

  /**
   * Giving or withdrawing, for one of the case's people. History is never overwritten. A withdrawal counts from now whatever day it is
   * said to be of: dated before the giving it would stop nothing.
   */
  async consent(user: SessionUser, caseId: string, form: ConsentForm): Promise<string> {
    const now = new Date();
    const at = form.status === 'given' && form.at ? new Date(form.at) : now;
    if (at > now) throw new HubError('invalid_request', 'Consent cannot be dated in the future.');
    const id = await this.database.unitOfWork(async (tx) => {
      await this.personOf(tx, caseId, form.subjectId);
      const purposes = form.status === 'withdrawn' ? takenBack(form.purposes) : form.purposes;
      const { subjectId, status, recipients, categories } = form;
      const consent = { subjectId, status, at, purposes, recipients, categories, recordedBy: user.id };
      return this.consents.record(tx, actorOf(user), consent, caseId);
    });
    this.outbox.nudge();
    return id;
  }

  async withoutConsent(user: SessionUser, caseId: string, form: WithoutConsentForm): Promise<string> {
    const id = randomUUID();
    await this.database.unitOfWork(async (tx) => {
      await this.find(tx, caseId);
      const textId = await this.texts.keep(tx, 'without-consent', form);
      await this.cases.addWithoutConsent(tx, { id, caseId, at: new Date(), textId, createdBy: user.id });
      await this.audit(tx, user, caseId, 'WithoutConsentRecorded', 'recorded', { decision: id });
    });
    return id;
  }

  async justify(user: SessionUser, caseId: string, form: JustificationForm): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      await this.find(tx, caseId);
      await this.cases.setJustification(tx, caseId, await this.texts.keep(tx, 'justification', form));
      await this.audit(tx, user, caseId, 'JustificationRecorded', 'recorded');
    });
  }

  async signCaldicott(user: SessionUser, caseId: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      if ((await this.find(tx, caseId)).caldicott) throw new HubError('conflict', 'This case is already signed off.');
      await this.cases.signCaldicott(tx, caseId);
      await this.audit(tx, user, caseId, 'CaldicottSigned', 'signed');
    });
  }

  /** An agency's named reader has a conflict with one of the case's people, or acts for them: rows 3 and 4 of the policy. */
  async declareConflict(user: SessionUser, caseId: string, form: ConflictForm): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      await this.personOf(tx, caseId, form.subjectId);
      await this.cases.declareConflict(tx, form);
      // Agencies read the log. Whom it is about stands in a sealed text, or it would warn the very reader it bars.
      const declaration = await this.texts.keep(tx, 'conflict', form);
      await this.audit(tx, user, caseId, 'ConflictDeclared', 'declared', { declaration });
    });
  }

  private async find(tx: Db, caseId: string): Promise<CaseRow> {
    const found = await this.cases.find(tx, caseId);
    if (!found) throw new HubError('not_found', 'There is no such case.');
    return found;
  }

  private async personOf(tx: Db, caseId: string, subjectId: string): Promise<void> {
    const { people } = await this.find(tx, caseId);
    if (!people.some((person) => person.subjectId === subjectId))
      throw new HubError('not_found', 'This person is not in the case.');
  }

  private async audit(
    tx: Db,
    user: SessionUser,
    caseId: string,
    action: string,
    outcome: string,
    detail: AuditAct['detail'] = {},
  ) {
    await appendAudit(tx, {
      actor: actorOf(user),
      action,
      purpose: 'marac',
      case: caseId,
      object: { type: 'case', id: caseId },
      outcome,
      detail,
    });
  }
}
