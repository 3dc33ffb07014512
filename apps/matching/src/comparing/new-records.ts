import { personInputOf, prepare } from '#linkage';
import { Inject, Injectable } from '@nestjs/common';
import type { OpenedRecord } from '../reading/record-reader.js';
import { SubjectDirectory } from '../subjects/subject-directory.js';
import type { SubjectRef } from '../subjects/subjects.repository.js';
import { isOlder, turned, type FoundMatch } from './found-match.js';

/** New records against all subjects. */
@Injectable()
export class NewRecords {
  constructor(@Inject(SubjectDirectory) private readonly directory: SubjectDirectory) {}

  /** @param subjects those the records themselves made: a person is not a match of himself */
  compare(records: OpenedRecord[], subjects: SubjectRef[]): FoundMatch[] {
    const own = new Map(subjects.map((subject) => [`${subject.recordId}/${subject.part}`, subject]));
    const found: FoundMatch[] = [];
    for (const record of records)
      for (const { part, person } of record.people) {
        const other = own.get(`${record.id}/${part}`) ?? null;
        for (const { subject, score } of this.directory.matching(prepare(personInputOf(person)))) {
          if (subject.recordId === record.id) continue;
          found.push(
            other && isOlder(other, subject) ? turned(subject, other, score) : { subject, record, part, other, score },
          );
        }
      }
    return found;
  }
}
