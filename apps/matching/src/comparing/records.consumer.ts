import { eventSchemas, type FeedName } from '#contracts';
import { Consumer, readJson, type ReceivedMessage } from '#platform';
import { Inject } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { MatchProposals } from '../matches/match-proposals.js';
import { RecordReader } from '../reading/record-reader.js';
import { NewSubjects } from '../subjects/new-subjects.js';
import { SubjectDirectory } from '../subjects/subject-directory.js';
import type { SubjectRef } from '../subjects/subjects.repository.js';
import { NewRecords } from './new-records.js';
import { SealedRecords } from './sealed-records.js';

/** Feeds whose people the hub has cause to hold. */
const SUBJECT_FEEDS: FeedName[] = ['dv-service', 'marac-referral'];

/**
 * New records: their people become subjects where the feed is one that makes them, and are compared. Subjects are committed before
 * they are compared, as records are by ingest, so in every order of commits one side sees the other. Run twice it changes nothing.
 */
@Consumer()
export class RecordsConsumer {
  constructor(
    @Inject(RecordReader) private readonly reader: RecordReader,
    @Inject(NewSubjects) private readonly newSubjects: NewSubjects,
    @Inject(SubjectDirectory) private readonly directory: SubjectDirectory,
    @Inject(NewRecords) private readonly newRecords: NewRecords,
    @Inject(SealedRecords) private readonly sealed: SealedRecords,
    @Inject(MatchProposals) private readonly proposals: MatchProposals,
  ) {}

  @EventPattern('records.accepted')
  async recordsAccepted(message: ReceivedMessage) {
    const event = readJson(message, eventSchemas['records.accepted']);
    if (event.feed === 'agency-history') return;
    const reading = { action: 'RecordsCompared', purpose: 'matching', object: { type: 'batch', id: event.batchId } };
    let records = await this.reader.read(event.recordIds, reading);
    let subjects: SubjectRef[] = [];
    if (SUBJECT_FEEDS.includes(event.feed as FeedName)) {
      subjects = await this.newSubjects.make(records);
      // A version replaced while we read it made no subjects; the newer one is compared with its own batch.
      const made = new Set(subjects.map(({ recordId }) => recordId));
      records = records.filter(({ id }) => made.has(id));
    }
    await this.directory.refresh(records);
    const found = this.newRecords.compare(records, subjects);
    found.push(...(await this.sealed.compare(subjects)));
    await this.proposals.record(event.batchId, records, found);
  }
}
