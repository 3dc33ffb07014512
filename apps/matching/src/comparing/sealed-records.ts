import { BlindIndex, type KeyProvider } from '#crypto';
import { personInputOf, prepare } from '#linkage';
import { Database, KEYS } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { RecordReader } from '../reading/record-reader.js';
import { SubjectDirectory } from '../subjects/subject-directory.js';
import type { SubjectRef } from '../subjects/subjects.repository.js';
import type { FoundMatch } from './found-match.js';

/** More candidates than this are opened in several calls. */
const AT_ONCE = 2_000;

/** New subjects against all sealed records, found through the blind index (retro-match). */
@Injectable()
export class SealedRecords {
  private index: BlindIndex | null = null;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(RecordReader) private readonly reader: RecordReader,
    @Inject(SubjectDirectory) private readonly directory: SubjectDirectory,
  ) {}

  /** @param subjects new or changed ones; records that make subjects themselves are compared when they come in */
  async compare(subjects: SubjectRef[]): Promise<FoundMatch[]> {
    const found: FoundMatch[] = [];
    if (subjects.length === 0) return found;
    const ids = await this.candidates(subjects);
    const index = this.directory.indexOf(subjects.map(({ id }) => id));
    const reading = {
      action: 'RecordsCompared',
      purpose: 'matching',
      object: { type: 'subjects', id: subjects[0]!.recordId },
    };
    // Opened and logged even when there is nobody to look at: an entry less would tell a sender that nobody is like their client.
    for (let from = 0; from === 0 || from < ids.length; from += AT_ONCE)
      for (const record of await this.reader.read(ids.slice(from, from + AT_ONCE), reading, { evenNone: true }))
        for (const { part, person } of record.people)
          for (const { subjectId, score } of index.match(prepare(personInputOf(person)))) {
            const subject = this.directory.get(subjectId);
            if (subject) found.push({ subject, record, part, other: null, score });
          }
    return found;
  }

  private async candidates(subjects: SubjectRef[]): Promise<string[]> {
    const index = await this.blindIndex();
    const keys = [...new Set(subjects.flatMap(({ id }) => this.directory.blockingKeysOf(id)))];
    if (keys.length === 0) return [];
    const tokens = index.versions.flatMap((version) => index.tokens(keys, version));
    const rows = await this.database.client.$queryRaw<{ id: string }[]>`
      SELECT id FROM matching.record
      WHERE blind_keys && ${tokens}::bigint[] AND state = 'active' AND feed NOT IN ('dv-service', 'marac-referral', 'agency-history')`;
    return rows.map(({ id }) => id);
  }

  private async blindIndex(): Promise<BlindIndex> {
    if (!this.index) {
      const { keys, current } = await this.keys.blindIndexKey();
      this.index = new BlindIndex(keys, current);
    }
    return this.index;
  }
}
