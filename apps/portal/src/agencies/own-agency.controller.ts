import { Controller, Get, Redirect } from '@nestjs/common';
import { Allow, CurrentUser } from '../allowing/allow.js';
import type { SessionUser } from '../signing-in/session-user.js';

/** An officer's way to the page of the own agency, whichever it is. */
@Controller('agency/keys')
export class OwnAgencyController {
  @Get()
  @Allow('agency')
  @Redirect()
  own(@CurrentUser() user: SessionUser) {
    return { url: `/agencies/${encodeURIComponent(user.agency)}`, statusCode: 302 };
  }
}
