import { HubError } from '#contracts';
import { appendAudit, Database } from '#platform';
import { Body, Controller, Get, Inject, Param, Post, Render, Res } from '@nestjs/common';
import type { Response } from 'express';
import { actorOf, Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { readNumber } from '../cases/next-number.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { PeopleRepository } from './people.repository.js';

const NOT_A_NUMBER = 'That is not a case number. One looks like C-2026-0001';
const NO_CASE = 'No case has this number. Case numbers are on the case list';

/**
 * Thin so far: people are found by the number of their case; searching by name is not there yet. What is typed may be a name all the
 * same, so it comes by POST, leads to an address of ids only, and is logged only where it is a case number.
 */
@Controller('people')
export class PeopleController {
  constructor(
    @Inject(PeopleRepository) private readonly people: PeopleRepository,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get()
  @Allow('analyst')
  @Render('people/people.njk')
  form() {
    return { title: 'People' };
  }

  @Post()
  @Allow('analyst')
  async search(@Body() body: Record<string, unknown>, @CurrentUser() user: SessionUser, @Res() response: Response) {
    const typed = typeof body['case'] === 'string' ? body['case'] : '';
    const number = readNumber(typed, 'C', 4);
    const caseId = number && (await this.people.caseNumbered(number));
    await this.log(user, 'SearchRun', { type: 'case-number', id: number ?? 'unreadable' }, outcomeOf(number, caseId));
    if (caseId) return response.redirect(303, `/people/cases/${caseId}`);
    const errors = [{ text: number ? NO_CASE : NOT_A_NUMBER, href: '#case' }];
    response.status(number ? 404 : 400).render('people/people.njk', { title: 'People', typed, errors });
  }

  @Get('cases/:id')
  @Allow('analyst')
  @Render('people/people.njk')
  async ofCase(@Param('id') text: string, @CurrentUser() user: SessionUser) {
    const caseId = idOf(text, 'case');
    const number = await this.people.numberOf(caseId);
    if (!number) throw new HubError('not_found', 'There is no such case.');
    await this.log(user, 'CasePeopleListed', { type: 'case', id: caseId }, 'listed');
    return { title: `People in case ${number}`, number, typed: number, found: await this.people.inCase(caseId) };
  }

  @Get(':id')
  @Allow('analyst')
  @Render('people/person.njk')
  async one(@Param('id') id: string) {
    const person = await this.people.one(idOf(id, 'person'));
    if (!person) throw new HubError('not_found', 'There is no such person.');
    return { title: `Person ${person.id.slice(0, 8)}`, person };
  }

  private async log(user: SessionUser, action: string, object: { type: string; id: string }, outcome: string) {
    await this.database.unitOfWork((tx) =>
      appendAudit(tx, { actor: actorOf(user), action, object, purpose: 'case-work', outcome }),
    );
  }
}

function outcomeOf(number: string | null, caseId: string | null): 'found' | 'none' | 'unreadable' {
  if (!number) return 'unreadable';
  return caseId ? 'found' : 'none';
}
