import { Module } from '@nestjs/common';
import { AgreementsController } from './agreements.controller.js';

@Module({ controllers: [AgreementsController] })
export class AgreementsModule {}
