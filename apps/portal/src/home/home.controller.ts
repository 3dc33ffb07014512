import { Controller, Get, Inject, Render } from '@nestjs/common';
import { AllowSignedIn, CurrentUser } from '../allowing/allow.js';
import { navigationFor } from '../answering/navigation.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { WaitingWork } from './waiting.js';

@Controller()
export class HomeController {
  constructor(@Inject(WaitingWork) private readonly work: WaitingWork) {}

  @Get()
  @AllowSignedIn()
  @Render('home/home.njk')
  async home(@CurrentUser() user: SessionUser) {
    return { title: 'What waits for you', tiles: await this.work.of(user), ways: navigationFor(user.roles, '/') };
  }
}
