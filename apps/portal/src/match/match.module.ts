import { Module } from '@nestjs/common';
import { DecidingModule } from '../deciding/deciding.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { MatchController } from './match.controller.js';
import { MatchViews } from './match-view.js';
import { PairOpener } from './opened-pair.js';

@Module({ imports: [DecidingModule, QueueModule], controllers: [MatchController], providers: [MatchViews, PairOpener] })
export class MatchModule {}
