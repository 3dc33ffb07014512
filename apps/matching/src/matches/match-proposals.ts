import { classify } from '#linkage';
import { rowsRoot } from '#ledger';
import { appendAudit, Database, enqueue, OutboxRelay, type Db } from '#platform';
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
    const versions = records.flatMap(({ id, earlierIds }) => earlierIds.map((earlierId) => ({ id, earlierId })));
    await this.database.unitOfWork(async (tx) => {
      const first = await this.matches.markCompared(tx, batchId);
      const written = await this.matches.propose(tx, proposed);
      // Only once: what a reviewer has since taken back must not be carried over again.
      const carried = await this.matches.carryDecisions(tx, first ? versions : []);
      const changed = [...new Set([...written, ...carried.changed])];
      const { changed: carriedOn, returned } = carried;
      if (first || changed.length > 0) await this.log(tx, batchId, records, { proposed: written, carriedOn, returned });
      if (changed.length === 0) return;
      await enqueue(tx, 'matching', { topic: 'matches.changed', key: batchId, value: { matchIds: changed } });
    });
    this.outbox.nudge();
  }

  /**
   * One entry for every batch, and the same one whatever was found: agencies read the log, and see from the places of their own entries
   * how many others there are. A hit is itself a disclosure. The digest is over the records' ids too, which no agency knows: without
   * them nobody can test a guess, with them what was found can be proved later.
   */
  private async log(tx: Db, batchId: string, records: OpenedRecord[], found: Record<string, string[]>): Promise<void> {
    const matches = Object.entries(found).flatMap(([what, ids]) => ids.map((id) => `${what} ${id}`));
    const rows = [...records.map(({ id }) => `compared ${id}`), ...matches].map((row) => Buffer.from(row));
    await appendAudit(tx, {
      actor: { type: 'service', id: 'matching' },
      action: 'BatchCompared',
      purpose: 'matching',
      object: { type: 'batch', id: batchId },
      outcome: 'compared',
      detail: { model: this.directory.model.version },
      commit: { rows: rowsRoot(rows).toString('hex') },
    });
  }

  /** One match for each subject and place in a record (`part`): found from both sides it is the better one. */
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
    // In one order everywhere, so that two batches never wait for each other's rows.
    return [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, match]) => match);
  }
}
