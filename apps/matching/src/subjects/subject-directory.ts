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
  /** subjects whose record was erased: asked for once, not with every batch */
  private readonly unreadable = new Map<string, string>();
  private lastTurn: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) config: MatchingConfig,
    @Inject(SubjectsRepository) private readonly subjects: SubjectsRepository,
    @Inject(RecordReader) private readonly reader: RecordReader,
  ) {
    this.model = loadModel(config.LINKAGE_MODEL);
    this.index = new SubjectIndex(this.model);
  }

  /**
   * One after the other: batches are handled side by side, and an older look at the database must not take away a subject that a newer
   * one has brought.
   * @param opened records already open, so that they are not opened twice
   */
  refresh(opened: OpenedRecord[] = []): Promise<void> {
    const turn = this.lastTurn.then(() => this.load(opened));
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  private async load(opened: OpenedRecord[]): Promise<void> {
    const current = await this.subjects.open();
    const ids = new Set(current.map((ref) => ref.id));
    for (const id of [...this.known.keys(), ...this.unreadable.keys()]) if (!ids.has(id)) this.forget(id);
    const changed = current.filter((ref) => {
      const place = placeOf(this.known.get(ref.id)?.ref) ?? this.unreadable.get(ref.id);
      return place !== placeOf(ref);
    });
    if (changed.length === 0) return;
    const records = new Map(opened.map((record) => [record.id, record]));
    const missing = [...new Set(changed.map((ref) => ref.recordId))].filter((id) => !records.has(id));
    const reading = { action: 'SubjectsLoaded', purpose: 'matching', object: { type: 'index', id: 'subjects' } };
    for (const record of await this.reader.read(missing, reading, { ended: true })) records.set(record.id, record);
    for (const ref of changed) {
      const found = records.get(ref.recordId)?.people.find(({ part }) => part === ref.part);
      if (!found) {
        this.forget(ref.id);
        this.unreadable.set(ref.id, placeOf(ref)!);
        continue;
      }
      const prepared = prepare(personInputOf(found.person));
      this.known.set(ref.id, { ref, prepared });
      this.unreadable.delete(ref.id);
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
    this.unreadable.delete(id);
    this.index.remove(id);
  }
}

/** Where a subject's person stands; it changes with every new version of the row. */
function placeOf(ref: SubjectRef | undefined): string | undefined {
  return ref && `${ref.recordId}/${ref.part}/${ref.role}`;
}
