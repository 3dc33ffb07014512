import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { MeetingPlanning } from './meeting-planning.js';
import { MeetingViews } from './meeting-view.js';
import { MeetingsApiController } from './meetings-api.controller.js';
import { MeetingsController } from './meetings.controller.js';
import { MeetingsRepository } from './meetings.repository.js';
import { DecisionsController } from './packs/decisions.controller.js';
import { PackDecisions } from './packs/pack-decisions.js';

@Module({
  imports: [CasesModule],
  controllers: [MeetingsController, MeetingsApiController, DecisionsController],
  providers: [MeetingPlanning, MeetingViews, MeetingsRepository, PackDecisions],
})
export class MeetingsModule {}
