import { HubError } from '#contracts';
import { CONFIG, Database } from '#platform';
import { Controller, Header, Headers, Inject, Post } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MatchingConfig } from '../config.js';
import { MatchesRepository } from '../matches/matches.repository.js';
import { RecordReader } from '../reading/record-reader.js';

const COLUMNS = [
  'subject_agency',
  'subject_feed',
  'subject_ref',
  'agency',
  'feed',
  'record_ref',
  'match_weight',
  'status',
  'subject_part',
  'part',
  'match_id',
  'subject_id',
];

/** For judging the matching: every record–subject pair with the agencies' own references. Operator only, audited as a reading. */
@Controller('operator')
export class MatchesExportController {
  constructor(
    @Inject(CONFIG) private readonly config: MatchingConfig,
    @Inject(Database) private readonly database: Database,
    @Inject(MatchesRepository) private readonly matches: MatchesRepository,
    @Inject(RecordReader) private readonly reader: RecordReader,
  ) {}

  @Post('matches-export')
  @Header('content-type', 'text/csv; charset=utf-8')
  async export(@Headers('authorization') authorization?: string) {
    this.requireOperator(authorization);
    const matches = await this.matches.all(this.database.client);
    const ids = [...new Set(matches.flatMap((match) => [match.record_id, match.source_record]))];
    const reading = {
      action: 'MatchesExported',
      purpose: 'matching-assurance',
      object: { type: 'matches', id: 'all' },
    };
    const records = new Map(
      (await this.reader.read(ids, reading, { ended: true })).map((record) => [record.id, record]),
    );
    const lines = matches.flatMap((match) => {
      const [subject, record] = [records.get(match.source_record), records.get(match.record_id)];
      if (!subject || !record) return [];
      return [
        [
          subject.agency,
          subject.feed,
          asText(subject.row.recordRef),
          record.agency,
          record.feed,
          asText(record.row.recordRef),
          match.weight.toFixed(3),
          match.status,
          match.subject_part,
          match.part,
          match.id,
          match.subject_id,
        ],
      ];
    });
    return stringify([COLUMNS, ...lines]);
  }

  private requireOperator(authorization = ''): void {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    const token = this.config.OPERATOR_TOKEN;
    if (!token || !timingSafeEqual(digest(authorization), digest(`Bearer ${token}`)))
      throw new HubError('forbidden', 'Only the operator may export matches.');
  }
}

/** An agency's reference that a spreadsheet would take for a formula, made plain text. Weights below zero stay numbers. */
function asText(ref: string): string {
  return /^[=+\-@\t\r]/.test(ref) ? `'${ref}` : ref;
}
