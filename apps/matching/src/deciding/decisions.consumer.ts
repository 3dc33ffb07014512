import { eventSchemas } from '#contracts';
import {
  Consumer,
  appendAudit,
  Database,
  enqueue,
  OutboxRelay,
  readJson,
  takeOnce,
  type ReceivedMessage,
} from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { MatchesRepository } from '../matches/matches.repository.js';
import { SubjectsRepository } from '../subjects/subjects.repository.js';

const STATUS = { linked: 'linked', rejected: 'rejected', parked: 'parked', undone: 'proposed' } as const;

/** What people decided, applied to the match it is about. */
@Consumer()
export class DecisionsConsumer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MatchesRepository) private readonly matches: MatchesRepository,
    @Inject(SubjectsRepository) private readonly subjects: SubjectsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  @EventPattern('decisions.taken')
  async decisionsTaken(message: ReceivedMessage) {
    const { matchId, outcome, decisionId } = readJson(message, eventSchemas['decisions.taken']);
    await this.database.unitOfWork(async (tx) => {
      if (!(await takeOnce(tx, 'matching', message, `${decisionId}/${outcome}`))) return;
      const [asked, match] = [await this.matches.find(tx, matchId), await this.matches.standing(tx, matchId)];
      if (!asked || !match) return;
      // One person's yes was enough for the version it was said of; about an alleged perpetrator it is not.
      if (outcome === 'linked' && match.role === 'perpetrator' && asked.role !== 'perpetrator') return;
      await this.matches.setStatus(tx, match.id, STATUS[outcome]);
      if (match.kind === 'subject' && match.otherId) await this.subjects.mergeAsLinked(tx, match.otherId);
      await appendAudit(tx, {
        actor: { type: 'service', id: 'matching' },
        action: 'DecisionApplied',
        object: { type: 'match', id: match.id },
        outcome,
      });
      const matchIds = [...new Set([matchId, match.id])];
      await enqueue(tx, 'matching', { topic: 'matches.changed', key: match.id, value: { matchIds } });
    });
    this.outbox.nudge();
  }
}
