import { HubError, type Item } from '#contracts';
import { Database, type Reading } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../allowing/allow.js';
import { consentState, type Consent, type ConsentState } from '../consent/consent.js';
import { ConsentsRepository } from '../consent/consents.repository.js';
import { mayReadDecisions } from '../meetings/packs/decision-readers.js';
import { PacksRepository, type PackOfCase } from '../meetings/packs/packs.repository.js';
import { SealedTexts } from '../sealing/sealed-texts.js';
import type { SessionUser } from '../signing-in/session-user.js';
import type { JustificationForm, WithoutConsentForm } from './case-forms.js';
import { CasesRepository, type CasePerson, type CaseRow, type MeetingOfCase } from './cases.repository.js';
import { OpenedPeople, type OpenedPerson, type Source } from './reading/opened-people.js';
import { safetyOf, victimsWords, type Safety, type VictimsWords } from './reading/safety.js';

export interface PersonInCase extends CasePerson, Omit<OpenedPerson, 'sources'> {
  sources: ShownSource[];
  consents: Consent[];
  consent: ConsentState;
}

/** A confidential value is never shown, not even here (rule 5): only that one is held elsewhere. */
export interface ShownSource extends Omit<Source, 'items'> {
  items: (Omit<Item, 'value'> & { value: string | null })[];
}

/** Everything one page shows of a case. */
export interface CaseFileView extends Omit<CaseRow, 'people' | 'justification'> {
  purpose: string;
  safety: Safety;
  words: VictimsWords[];
  people: PersonInCase[];
  waiting: number;
  withoutConsent: (Partial<WithoutConsentForm> & { id: string; at: Date; createdBy: string })[];
  justification: Partial<JustificationForm> | null;
  meetings: MeetingOfCase[];
  packs: PackOfCase[];
}

@Injectable()
export class CaseFile {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(OpenedPeople) private readonly people: OpenedPeople,
    @Inject(ConsentsRepository) private readonly consents: ConsentsRepository,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(SealedTexts) private readonly texts: SealedTexts,
  ) {}

  /** Opens a case for a user and a purpose; the reading is in the audit before anything of it is. */
  async open(user: SessionUser, caseId: string, purpose: string): Promise<CaseFileView> {
    const db = this.database.client;
    const found = await this.cases.find(db, caseId);
    if (!found) throw new HubError('not_found', 'There is no such case.');
    const reading = {
      actor: actorOf(user),
      action: 'PersonViewed',
      purpose,
      case: caseId,
      object: { type: 'case', id: caseId },
    };
    const opened = await this.people.open(
      reading,
      found.people.map((person) => person.subjectId),
    );
    const people = await this.withConsents(found, opened);
    const [conflicts, meetings, packs, decided] = await Promise.all([
      this.cases.conflicts(
        db,
        found.people.map((person) => person.subjectId),
      ),
      this.cases.meetingsOf(db, [caseId]),
      this.packs.ofCase(db, caseId),
      this.decided(found, reading),
    ]);
    return {
      ...found,
      purpose,
      safety: safetyOf(people, conflicts),
      words: victimsWords(people),
      people: people.map((person) => ({ ...person, sources: person.sources.map(shown) })),
      waiting: people.reduce((sum, person) => sum + person.waiting, 0),
      meetings,
      packs: mayReadDecisions(user) ? packs : packs.map((pack) => ({ ...pack, reasons: [] })),
      ...decided,
    };
  }

  private async withConsents(found: CaseRow, opened: Map<string, OpenedPerson>) {
    const order = ['victim', 'child', 'perpetrator', 'other'];
    const people = [...found.people].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
    const now = new Date();
    return Promise.all(
      people.map(async (person) => {
        const one = opened.get(person.subjectId) ?? unread(person.subjectId);
        const consents = await this.consents.ofPerson(this.database.client, person.subjectId);
        return { ...person, ...one, consents, consent: consentState(consents, 'marac', now) };
      }),
    );
  }

  /** What was written about sharing: sealed, so read through the vault like a record. */
  private async decided(
    found: CaseRow,
    reading: Reading,
  ): Promise<Pick<CaseFileView, 'withoutConsent' | 'justification'>> {
    const decisions = await this.cases.withoutConsent(this.database.client, [found.id]);
    const ids = [...decisions.map(({ textId }) => textId), ...(found.justification ? [found.justification] : [])];
    const texts = await this.texts.read<Partial<WithoutConsentForm>>(
      this.database,
      { ...reading, action: 'DecisionTextRead' },
      ids,
    );
    return {
      withoutConsent: decisions.map(({ id, at, createdBy, textId }) => ({ id, at, createdBy, ...texts.get(textId) })),
      justification: found.justification ? (texts.get(found.justification) ?? {}) : null,
    };
  }
}

function shown(source: Source): ShownSource {
  return { ...source, items: source.items.map((item) => (item.confidential ? { ...item, value: null } : item)) };
}

/** A person whose every record is erased or gone stays in the case, without anything to show. */
function unread(subjectId: string): OpenedPerson {
  const nothing = { otherNames: [], dateOfBirth: null, otherDatesOfBirth: [], sources: [], waiting: 0 };
  return { subjectId, canonical: subjectId, name: 'Name no longer held', ...nothing };
}
