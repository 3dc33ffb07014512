import { Module } from '@nestjs/common';
import { MatchRepository } from '../match/match.repository.js';
import { DecidingController } from './deciding.controller.js';
import { DecidingService } from './deciding.service.js';
import { DecisionsRepository } from './decisions.repository.js';

@Module({
  controllers: [DecidingController],
  providers: [MatchRepository, DecisionsRepository, DecidingService],
  exports: [MatchRepository, DecisionsRepository, DecidingService],
})
export class DecidingModule {}
