import { type KeyProvider } from '#crypto';
import { KEYS } from '#platform';
import { Controller, Get, Inject, Render } from '@nestjs/common';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { agencyWords } from '../answering/words.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { agencyOf } from './handing-on.js';
import { UploadsRepository } from './uploads.repository.js';

/** The pages of an agency's data officer: send a file, and the key it is signed with. The work is done in the browser. */
@Controller('agency')
export class SendingController {
  constructor(
    @Inject(KEYS) private readonly keys: KeyProvider,
    @Inject(UploadsRepository) private readonly uploads: UploadsRepository,
  ) {}

  @Get('send')
  @Allow('agency')
  @Render('uploading/send.njk')
  async send(@CurrentUser() user: SessionUser) {
    const page = await this.page(user);
    const feeds = (await this.uploads.permittedFeeds(page.agency)).sort();
    const hubKey = (await this.keys.hubOpenPgpPublicKey()).armor();
    return { title: 'Send data', ...page, feeds, hubKey };
  }

  @Get('signing-key')
  @Allow('agency')
  @Render('uploading/signing-key.njk')
  async key(@CurrentUser() user: SessionUser) {
    return { title: 'Signing key', ...(await this.page(user)) };
  }

  private async page(user: SessionUser) {
    const agency = agencyOf(user);
    const registered = (await this.uploads.keys(agency)).map(({ fingerprint }) => fingerprint);
    return { agency, agencyName: agencyWords(agency), registered };
  }
}
