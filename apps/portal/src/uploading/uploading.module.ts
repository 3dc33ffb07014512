import { Module } from '@nestjs/common';
import { HandingOn } from './handing-on.js';
import { SendingController } from './sending.controller.js';
import { UploadsApiController } from './uploads-api.controller.js';
import { UploadsRepository } from './uploads.repository.js';

/** Sending from a browser: what is sealed there is handed on unopened. */
@Module({ controllers: [SendingController, UploadsApiController], providers: [HandingOn, UploadsRepository] })
export class UploadingModule {}
