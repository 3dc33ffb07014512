import type { FeedName } from '#contracts';
import type { PairScore } from '#linkage';
import type { OpenedRecord } from '../reading/record-reader.js';
import type { SubjectRef } from '../subjects/subjects.repository.js';

/** A person in a record who may be a subject. */
export interface FoundMatch {
  subject: SubjectRef;
  record: Pick<OpenedRecord, 'id' | 'agency' | 'feed'>;
  part: string;
  /** set when the person in the record is a subject too: the two may be one person */
  other: SubjectRef | null;
  score: PairScore;
}

/**
 * Which of two subjects was there first: a pair of subjects is written as a match of the older one, whichever side finds it, so that
 * it stands once. (Skipping it on one side would lose it: the older subject may be the one that was committed later.)
 */
export function isOlder(a: SubjectRef, b: SubjectRef): boolean {
  return +a.createdAt < +b.createdAt || (+a.createdAt === +b.createdAt && a.id < b.id);
}

/** The pair written from the other side. */
export function turned(newer: SubjectRef, older: SubjectRef, score: PairScore): FoundMatch {
  const record = { id: newer.recordId, agency: newer.agency, feed: newer.feed as FeedName };
  return { subject: older, record, part: newer.part, other: newer, score };
}
