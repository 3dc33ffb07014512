import { appendAudit, Database, enqueue, OutboxRelay, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { RecordReader, type OpenedRecord } from '../reading/record-reader.js';
import { samePeople } from './same-people.js';
import { SubjectDirectory } from './subject-directory.js';
import { SubjectsRepository, type Move, type SubjectRef } from './subjects.repository.js';

/** Records whose subjects are made in one transaction: it stays well inside its time limit. */
const AT_ONCE = 250;

/** Makes subjects of the people a referral or a Women's Aid row names, committed before anything is compared with them. */
@Injectable()
export class NewSubjects {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SubjectsRepository) private readonly subjects: SubjectsRepository,
    @Inject(OutboxRelay) private readonly outbox: OutboxRelay,
    @Inject(RecordReader) private readonly reader: RecordReader,
    @Inject(SubjectDirectory) private readonly directory: SubjectDirectory,
  ) {}

  /** @returns the subjects of the records; none of a record that a newer version has replaced meanwhile */
  async make(records: OpenedRecord[]): Promise<SubjectRef[]> {
    const made: SubjectRef[] = [];
    for (let from = 0; from < records.length; from += AT_ONCE)
      made.push(...(await this.makeSome(records.slice(from, from + AT_ONCE))));
    this.outbox.nudge();
    return made;
  }

  private async makeSome(records: OpenedRecord[]): Promise<SubjectRef[]> {
    const earlier = await this.openEarlier(records);
    return this.database.unitOfWork(async (tx) => {
      await this.subjects.lock(tx);
      const current = await this.subjects.notReplaced(
        tx,
        records.map(({ id }) => id),
      );
      const living = records.filter(({ id }) => current.has(id));
      const moves = await this.moves(tx, living, earlier);
      await this.subjects.move(tx, moves);
      const changed = await this.subjects.add(tx, living);
      for (const { recordId } of moves) changed.add(recordId);
      const all = await this.subjects.ofRecords(tx, [...current]);
      await this.tell(
        tx,
        living.filter(({ id }) => changed.has(id)),
        all,
      );
      return all;
    });
  }

  /** The earlier versions that subjects stand on. */
  private async openEarlier(records: OpenedRecord[]): Promise<Map<string, OpenedRecord>> {
    const ids = records.flatMap(({ earlierIds }) => earlierIds);
    const holding = new Set((await this.subjects.ofRecords(this.database.client, ids)).map((ref) => ref.recordId));
    const reading = {
      action: 'RecordsCompared',
      purpose: 'matching',
      object: { type: 'earlier-versions', id: records[0]!.id },
    };
    const opened = await this.reader.read([...holding], reading, { ended: true });
    return new Map(opened.map((record) => [record.id, record]));
  }

  /** A new version of a row speaks of the same people: its subjects move to it instead of being made anew. */
  private async moves(tx: Db, records: OpenedRecord[], earlier: Map<string, OpenedRecord>): Promise<Move[]> {
    const places = records.flatMap(({ id, earlierIds }) => [id, ...earlierIds]);
    const byRecord = Map.groupBy(await this.subjects.ofRecords(tx, places), (ref) => ref.recordId);
    return records.flatMap(({ id: recordId, earlierIds, people }) => {
      const standing = new Set(byRecord.get(recordId)?.map(({ part }) => part));
      const before = earlierIds.flatMap((from) =>
        (byRecord.get(from) ?? []).map((subject) => ({
          subject,
          person: earlier.get(from)?.people.find(({ part }) => part === subject.part)?.person ?? null,
        })),
      );
      const same = samePeople(
        this.directory.model,
        before,
        people.filter(({ part }) => !standing.has(part)),
      );
      return [...same].map(([id, { part, role }]) => ({ id, recordId, part, role }));
    });
  }

  private async tell(tx: Db, records: OpenedRecord[], all: SubjectRef[]): Promise<void> {
    if (records.length === 0) return;
    const byRecord = Map.groupBy(all, (ref) => ref.recordId);
    for (const { id: recordId, agency, feed } of records) {
      const subjects = (byRecord.get(recordId) ?? []).map(({ id, part, role }) => ({ id, part, role }));
      await enqueue(tx, 'matching', {
        topic: 'subjects.changed',
        key: recordId,
        value: { recordId, agency, feed, subjects },
      });
    }
    await appendAudit(tx, {
      actor: { type: 'service', id: 'matching' },
      action: 'SubjectsAdded',
      purpose: 'matching',
      object: { type: 'record', id: records[0]!.id },
      outcome: 'added',
      detail: { records: records.length, subjects: records.flatMap(({ id }) => byRecord.get(id) ?? []).length },
    });
  }
}
