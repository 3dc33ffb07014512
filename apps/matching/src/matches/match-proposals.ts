import { classify } from '#linkage';
import { rowsRoot } from '#ledger';
import { appendAudit, Database, enqueue, OutboxRelay } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { FoundMatch } from '../comparing/found-match.js';
import type { OpenedRecord } from '../reading/record-reader.js';
import { SubjectDirectory } from '../subjects/subject-directory.js';
import { MatchesRepository, type NewMatch } from './matches.repository.js';

/** Turns what was found into proposals. What lies under both thresholds stays sealed and is not written down. */
@Injectable()
export class MatchProposals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SubjectDirectory) private readonly directory: SubjectDirectory,
    @Inject(MatchesRepository) private readonly matches: MatchesRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
  ) {}

  /** Writes the matches of one batch and that it is compared: one transaction, one audit entry with a digest over the pairs. */
  async record(batchId: string, records: OpenedRecord[], found: FoundMatch[]): Promise<void> {
    const proposed = this.bestOfEachPair(found);
    const versions = records.flatMap(({ id, previousId }) => (previousId ? [{ id, previousId }] : []));
    await this.database.unitOfWork(async (tx) => {
      await this.matches.markCompared(tx, batchId);
      const written = await this.matches.propose(tx, proposed);
      await this.matches.carryDecisions(tx, versions);
      if (written.length === 0) return;
      await appendAudit(tx, {
        actor: { type: 'service', id: 'matching' },
        action: 'MatchProposed',
        purpose: 'matching',
        object: { type: 'batch', id: batchId },
        outcome: 'proposed',
        detail: { matches: written.length, model: this.directory.model.version },
        commit: { rows: rowsRoot(written.map((id) => Buffer.from(id))).toString('hex') },
      });
      await enqueue(tx, 'matching', { topic: 'matches.changed', key: batchId, value: { matchIds: written } });
    });
    this.outbox.nudge();
  }

  /** A record that names a person twice (as reporter and as witness) is one match, the better one. */
  private bestOfEachPair(found: FoundMatch[]): NewMatch[] {
    const { model } = this.directory;
    const best = new Map<string, NewMatch>();
    for (const { subject, record, part, other, score } of found) {
      // A pair with a perpetrator on either side is a perpetrator's: the stricter threshold and the second reviewer.
      const role = other?.role === 'perpetrator' ? 'perpetrator' : subject.role;
      const status = classify(model, score.weight, role);
      if (status === 'none') continue;
      const key = `${subject.id}/${record.id}/${part}`;
      const known = best.get(key);
      if (known && known.weight >= score.weight) continue;
      best.set(key, {
        subjectId: subject.id,
        recordId: record.id,
        part,
        agency: record.agency,
        feed: record.feed,
        role,
        kind: other ? 'subject' : 'record',
        otherId: other?.id ?? null,
        weight: score.weight,
        probability: score.probability,
        status,
        model: model.version,
        evidence: { fields: score.fields },
      });
    }
    return [...best.values()];
  }
}
