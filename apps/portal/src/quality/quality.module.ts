import { Module } from '@nestjs/common';
import { QualityController } from './quality.controller.js';
import { QualityRepository } from './quality.repository.js';

@Module({ controllers: [QualityController], providers: [QualityRepository] })
export class QualityModule {}
