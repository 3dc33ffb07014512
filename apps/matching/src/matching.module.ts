import { PlatformModule } from '#platform';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { NewRecords } from './comparing/new-records.js';
import { RecordsConsumer } from './comparing/records.consumer.js';
import { SealedRecords } from './comparing/sealed-records.js';
import type { MatchingConfig } from './config.js';
import { DecisionsConsumer } from './deciding/decisions.consumer.js';
import { MatchesExportController } from './exporting/matches-export.controller.js';
import { MatchProposals } from './matches/match-proposals.js';
import { MatchesRepository } from './matches/matches.repository.js';
import { RecordReader } from './reading/record-reader.js';
import { NewSubjects } from './subjects/new-subjects.js';
import { SubjectDirectory } from './subjects/subject-directory.js';
import { SubjectsRepository } from './subjects/subjects.repository.js';

@Module({})
export class MatchingModule {
  static with(config: MatchingConfig, logger: Logger): DynamicModule {
    return {
      module: MatchingModule,
      imports: [PlatformModule.forService('matching', config, logger)],
      controllers: [RecordsConsumer, DecisionsConsumer, MatchesExportController],
      providers: [
        RecordReader,
        SubjectsRepository,
        SubjectDirectory,
        NewSubjects,
        NewRecords,
        SealedRecords,
        MatchProposals,
        MatchesRepository,
      ],
    };
  }
}
