import { historyRequestSchema, HubError, topics, type HistoryRequest } from '#contracts';
import { fingerprintOf, sealMessage, type KeyProvider } from '#crypto';
import { appendAudit, Database, enqueue, KEYS, type Actor } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { PublicKey } from 'openpgp';
import type { CaseFacts } from '../gathering/case-facts.js';
import { personAt } from '../gathering/case-items.js';
import { CasesRepository } from '../gathering/cases.repository.js';
import type { OpenedRecord } from '../gathering/gathered.js';
import { Opening } from '../gathering/opening.js';
import { RegisteredKeys } from '../registered/registered-keys.js';
import { identifying } from './identifying.js';
import { RequestsRepository, type AskedHistory } from './requests.repository.js';
import { UnsentRequests } from './unsent-requests.js';

type People = HistoryRequest['people'];

/** Asks agencies what they knew: one sealed request each, the people opened once a review. */
@Injectable()
export class HistoryRequests {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEYS) private readonly hubKeys: KeyProvider,
    @Inject(RequestsRepository) private readonly requests: RequestsRepository,
    @Inject(CasesRepository) private readonly cases: CasesRepository,
    @Inject(Opening) private readonly opening: Opening,
    @Inject(RegisteredKeys) private readonly keys: RegisteredKeys,
    @Inject(UnsentRequests) private readonly unsent: UnsentRequests,
  ) {}

  /**
   * Sends those of the requests that have not been sent. Where the review is not open any more, or the agency is close to one of its
   * people or has no valid key, that is logged, and it can be asked again. Nobody's record is opened for a request that goes nowhere.
   * @throws HubError `review_people_missing`: a review that is not ready to ask
   */
  async send(requestIds: string[], requestedBy: string): Promise<void> {
    const actor: Actor = { type: 'user', id: requestedBy };
    const unsent = await this.requests.unsent(this.database.client, requestIds);
    for (const [reviewId, requests] of Map.groupBy(unsent, (request) => request.reviewId)) {
      const refusals = new Map<string, string>();
      for (const request of requests) {
        const why = await this.unsent.refused(this.database.client, request);
        if (why) refusals.set(request.id, why);
      }
      const people = refusals.size < requests.length ? await this.people(reviewId, actor) : [];
      for (const request of requests) await this.sendOne(request, people, actor, refusals.get(request.id));
    }
  }

  private async people(reviewId: string, actor: Actor): Promise<People> {
    const occasion = await this.cases.occasion(this.database.client, 'dhr', reviewId);
    const [facts] = occasion?.cases ?? [];
    const ids = [...new Set(facts?.sources.map(({ recordId }) => recordId))];
    const reading = {
      actor,
      action: 'HistoryRequestPrepared',
      purpose: 'dhr',
      object: { type: 'review', id: reviewId },
    };
    const { records } = await this.opening.open(reading, ids);
    const people = facts ? peopleOf(facts, records) : [];
    if (people.length === 0)
      throw new HubError('review_people_missing', `Review ${reviewId} names nobody to ask about.`);
    return people;
  }

  private async sendOne(request: AskedHistory, people: People, actor: Actor, refusal?: string): Promise<void> {
    const key = refusal ? null : await this.keys.currentOf(request.agency);
    const message = key && (await this.sealed(request, people, key));
    await this.database.unitOfWork(async (tx) => {
      const why = refusal ?? (await this.unsent.refused(tx, request)) ?? (message ? null : 'no_recipient_key');
      const sent = message && !why ? { at: new Date(), key: fingerprintOf(key) } : null;
      if (!(await this.requests.mark(tx, request, sent))) return;
      const auditId = await appendAudit(tx, {
        actor,
        action: 'HistoryRequested',
        purpose: 'dhr',
        basis: 'dvcva2004.s9',
        object: { type: 'history-request', id: request.id },
        outcome: why ?? 'sent',
        detail: { recipient: request.agency, review: request.reviewId, people: people.length },
      });
      await this.requests.logged(tx, request.id, auditId);
      if (!message || why) return;
      await enqueue(tx, 'disclosure', {
        topic: topics.historyRequests(request.agency),
        key: request.id,
        value: message,
      });
    });
  }

  private async sealed(request: AskedHistory, people: People, key: PublicKey): Promise<Buffer> {
    const { id, reviewId, agency, dueBy, scopeFrom, scopeTo } = request;
    const day = (date: Date) => date.toISOString().slice(0, 10);
    const payload = historyRequestSchema.parse({
      format: 'mash.history-request/1',
      requestRef: id,
      reviewId,
      agency,
      people,
      // Until the terms of reference set dates, a review asks for all that was known.
      from: scopeFrom ? day(scopeFrom) : '1900-01-01',
      to: day(scopeTo ?? new Date()),
      dueBy: day(dueBy),
      createdAt: new Date().toISOString(),
    });
    const signer = await this.hubKeys.hubOpenPgpPacksKey();
    return Buffer.from(await sealMessage({ payload: Buffer.from(JSON.stringify(payload)), recipients: [key], signer }));
  }
}

function peopleOf(facts: CaseFacts, records: ReadonlyMap<string, OpenedRecord>): People {
  const unique = [...new Map(facts.people.map((person) => [person.id, person])).values()];
  return unique.flatMap((person) => {
    const own = facts.sources.filter((source) => source.person === person.id);
    const blocks = own.flatMap(({ recordId, part }) => personAt(records.get(recordId), part) ?? []);
    const role = person.role as People[number]['role'];
    return blocks.length > 0 ? [{ person: identifying(blocks, person), role }] : [];
  });
}
