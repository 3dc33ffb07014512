import { HubError } from '#contracts';
import { appendAudit, Database } from '#platform';
import { Controller, Get, Inject, Param, Query, Render } from '@nestjs/common';
import { actorOf, Allow, CurrentUser } from '../allowing/allow.js';
import { matchId } from '../match/match-id.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { PeopleRepository } from './people.repository.js';

const CASE_NUMBER = /^[A-Za-z0-9/-]{1,40}$/;

/** Thin so far: people are found by the number of their case; searching by name is not there yet. */
@Controller('people')
export class PeopleController {
  constructor(
    @Inject(PeopleRepository) private readonly people: PeopleRepository,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get()
  @Allow('analyst')
  @Render('people/people.njk')
  async search(@Query('case') given: unknown, @CurrentUser() user: SessionUser) {
    const number = typeof given === 'string' ? given.trim() : '';
    const title = 'People';
    if (number === '') return { title, number };
    if (!CASE_NUMBER.test(number))
      return { title, number, errors: [{ text: 'A case number has letters, digits and hyphens', href: '#case' }] };
    await this.database.unitOfWork((tx) =>
      appendAudit(tx, {
        actor: actorOf(user),
        action: 'SearchRun',
        object: { type: 'case-number', id: number },
        purpose: 'case-work',
        outcome: 'searched',
      }),
    );
    return { title, number, searched: true, found: await this.people.inCase(number) };
  }

  @Get(':id')
  @Allow('analyst')
  @Render('people/person.njk')
  async one(@Param('id') id: string) {
    const person = await this.people.one(matchId(id));
    if (!person) throw new HubError('not_found', 'There is no such person.');
    return { title: `Person ${person.id.slice(0, 8)}`, person };
  }
}
