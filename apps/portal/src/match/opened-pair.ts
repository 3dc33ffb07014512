import { householdIn, peopleIn, type FeedName, type PersonBlock, type PersonInRow, type SafeContact } from '#contracts';
import { RecordOpener } from '#crypto';
import { Database, openObjects, type Actor } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { MatchRepository, type MatchRow } from './match.repository.js';

/** One side of a match, opened: the person, and who else the same row names. */
export interface OpenedSide {
  recordId: string;
  agency: string;
  feed: FeedName;
  receivedAt: Date;
  person: PersonBlock;
  others: { role: string; name: PersonBlock | null; written: string; relationship: string }[];
  safeContact: SafeContact | null;
}

export interface OpenedPair {
  subject: OpenedSide | null;
  record: OpenedSide | null;
}

interface Body {
  agency: string;
  feed: FeedName;
  row: { safeContact?: SafeContact };
}

/** Opens the two records of a match: one reading, one audit entry (`PersonViewed`), written before anything is shown. */
@Injectable()
export class PairOpener {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(MatchRepository) private readonly matches: MatchRepository,
    @Inject(RecordOpener) private readonly opener: RecordOpener,
  ) {}

  async open(actor: Actor, match: MatchRow): Promise<OpenedPair> {
    const found = await this.matches.bodies(this.database.client, [match.subjectRecordId, match.recordId]);
    const reading = {
      actor,
      action: 'PersonViewed',
      purpose: 'match-review',
      ...(match.caseIds[0] ? { case: match.caseIds[0] } : {}),
      object: { type: 'match', id: match.id },
    };
    const objects = found.map(({ id, body }) => ({ table: 'ingest.record', column: 'body', id, body }));
    const opened = await openObjects(this.database, this.opener, reading, objects);
    const side = (id: string, part: string): OpenedSide | null => {
      const plaintext = opened.get(id);
      const row = found.find((candidate) => candidate.id === id);
      return plaintext && row ? sideOf(id, part, row.receivedAt, JSON.parse(plaintext.toString('utf8')) as Body) : null;
    };
    return { subject: side(match.subjectRecordId, match.subjectPart), record: side(match.recordId, match.part) };
  }
}

function sideOf(recordId: string, part: string, receivedAt: Date, { agency, feed, row }: Body): OpenedSide | null {
  const people = peopleIn(feed, row as never);
  const one = people.find((person) => person.part === part);
  if (!one) return null;
  return {
    recordId,
    agency,
    feed,
    receivedAt,
    person: one.person,
    others: [
      ...people.filter((person) => person.part !== part).map(named),
      ...householdIn(feed, row as never).map(written),
    ],
    // It is the victim's: not shown beside the alleged perpetrator's details.
    safeContact: one.role === 'victim' ? (row.safeContact ?? null) : null,
  };
}

function named({ role, person }: PersonInRow): OpenedSide['others'][number] {
  return { role, name: person, written: '', relationship: '' };
}

function written(member: { name: string; relationship?: string | undefined }): OpenedSide['others'][number] {
  return { role: 'household', name: null, written: member.name, relationship: member.relationship ?? '' };
}
