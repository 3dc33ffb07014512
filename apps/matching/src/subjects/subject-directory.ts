import {
  blockingKeys,
  loadModel,
  personInputOf,
  prepare,
  SubjectIndex,
  type LinkageModel,
  type PreparedPerson,
} from '#linkage';
import { CONFIG } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { MatchingConfig } from '../config.js';
import { RecordReader, type OpenedRecord } from '../reading/record-reader.js';
import { SubjectsRepository, type SubjectRef } from './subjects.repository.js';

/**
 * The subjects in memory. Brought up to the latest committed subject before every batch: a record that was committed before a subject
 * is found by the subject's own search, one that was committed after it is found here.
 */
@Injectable()
export class SubjectDirectory {
  readonly model: LinkageModel;
  private readonly index: SubjectIndex;
  private readonly known = new Map<string, { ref: SubjectRef; prepared: PreparedPerson }>();

  constructor(
    @Inject(CONFIG) config: MatchingConfig,
    @Inject(SubjectsRepository) private readonly subjects: SubjectsRepository,
    @Inject(RecordReader) private readonly reader: RecordReader,
  ) {
    this.model = loadModel(config.LINKAGE_MODEL);
    this.index = new SubjectIndex(this.model);
  }

  /** @param opened records already open, so that they are not opened twice */
  async refresh(opened: OpenedRecord[] = []): Promise<void> {
    const current = await this.subjects.open();
    const ids = new Set(current.map((ref) => ref.id));
    for (const id of this.known.keys()) if (!ids.has(id)) this.forget(id);
    const changed = current.filter((ref) => this.known.get(ref.id)?.ref.recordId !== ref.recordId);
    if (changed.length === 0) return;
    const records = new Map(opened.map((record) => [record.id, record]));
    const missing = [...new Set(changed.map((ref) => ref.recordId))].filter((id) => !records.has(id));
    const reading = { action: 'SubjectsLoaded', purpose: 'matching', object: { type: 'index', id: 'subjects' } };
    for (const record of await this.reader.read(missing, reading, { ended: true })) records.set(record.id, record);
    for (const ref of changed) {
      const found = records.get(ref.recordId)?.people.find(({ part }) => part === ref.part);
      if (!found) continue;
      const prepared = prepare(personInputOf(found.person));
      this.known.set(ref.id, { ref, prepared });
      this.index.upsert(ref.id, prepared);
    }
  }

  /** Subjects a person may be, best first. */
  matching(person: PreparedPerson) {
    return this.index.match(person).flatMap(({ subjectId, score }) => {
      const subject = this.known.get(subjectId);
      return subject ? [{ subject: subject.ref, score }] : [];
    });
  }

  blockingKeysOf(subjectId: string): string[] {
    const subject = this.known.get(subjectId);
    return subject ? blockingKeys(subject.prepared) : [];
  }

  /** An index of some subjects only: for holding sealed records against the new ones. */
  indexOf(subjectIds: string[]): SubjectIndex {
    const index = new SubjectIndex(this.model);
    for (const id of subjectIds) {
      const subject = this.known.get(id);
      if (subject) index.upsert(id, subject.prepared);
    }
    return index;
  }

  get(subjectId: string): SubjectRef | undefined {
    return this.known.get(subjectId)?.ref;
  }

  get size(): number {
    return this.index.size;
  }

  private forget(id: string): void {
    this.known.delete(id);
    this.index.remove(id);
  }
}
