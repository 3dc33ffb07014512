import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { AllowEverybody, AllowSignedIn, CurrentUser } from '../allowing/allow.js';
import { csrfToken } from '../signing-in/csrf.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { openApi } from './openapi.js';
import { describeApi } from './registry.js';

@Controller('api')
export class ApiController {
  /** Who is signed in, and the token every change must carry. */
  @Get('session')
  @AllowSignedIn()
  session(@Req() request: Request, @CurrentUser() user: SessionUser) {
    return { user, csrfToken: csrfToken(request) };
  }

  @Get('openapi.json')
  @AllowEverybody()
  description() {
    return openApi();
  }
}

describeApi({
  method: 'get',
  path: '/api/session',
  summary: 'Who is signed in, and the token changes must carry',
  answer: z.object({
    user: z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()), agency: z.string() }),
    csrfToken: z.string(),
  }),
});
