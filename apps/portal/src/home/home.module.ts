import { Global, Module } from '@nestjs/common';
import { HomeController } from './home.controller.js';
import { WaitingWork } from './waiting.js';

/** Global, so that every step can say what waits. */
@Global()
@Module({ controllers: [HomeController], providers: [WaitingWork], exports: [WaitingWork] })
export class HomeModule {}
