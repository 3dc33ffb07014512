import { Module } from '@nestjs/common';
import { ConsentKeeping } from '../consent/consent-keeping.js';
import { ConsentsRepository } from '../consent/consents.repository.js';
import { ServiceConsent } from '../consent/service-consent.js';
import { PacksRepository } from '../meetings/packs/packs.repository.js';
import { CaseDecisions } from './case-decisions.js';
import { CaseFile } from './case-file.js';
import { CaseList } from './case-list.js';
import { CasesApiController } from './cases-api.controller.js';
import { CasesController } from './cases.controller.js';
import { CasesRepository } from './cases.repository.js';
import { CaseOpening } from './opening/case-opening.js';
import { SubjectsConsumer } from './opening/subjects.consumer.js';
import { OpenedPeople } from './reading/opened-people.js';
import { PeopleRecordsRepository } from './reading/people-records.repository.js';
import { RecordReading } from './reading/record-reading.js';

const SERVICES = [
  CaseDecisions,
  CaseFile,
  CaseList,
  CaseOpening,
  CasesRepository,
  ConsentKeeping,
  ConsentsRepository,
  OpenedPeople,
  PacksRepository,
  PeopleRecordsRepository,
  RecordReading,
  ServiceConsent,
];

@Module({
  controllers: [CasesController, CasesApiController, SubjectsConsumer],
  providers: SERVICES,
  exports: SERVICES,
})
export class CasesModule {}
