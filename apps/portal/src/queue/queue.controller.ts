import { FEEDS } from '#contracts';
import { likelihoodInWords } from '#linkage';
import { Controller, Get, Inject, Query, Render } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { pages } from '../answering/pagination.js';
import { feedWords, roleWords } from '../answering/words.js';
import { describeApi } from '../api/registry.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { QueueRepository } from './queue.repository.js';

const PAGE = 25;
const blank = z.literal('').transform(() => undefined);
const ROLES = ['victim', 'perpetrator', 'child', 'other'] as const;
const filter = z.object({
  feed: z.union([z.enum(FEEDS), blank]).optional(),
  role: z.union([z.enum(ROLES), blank]).optional(),
  state: z.enum(['open', 'parked']).optional(),
});
const pageQuery = filter.extend({ page: z.coerce.number().int().min(1).max(10_000).default(1) });
export const queueQuery = filter.extend({
  kind: z.enum(['record', 'subject']).optional(),
  agency: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});
const waitingMatch = z.object({
  id: z.uuid(),
  subjectId: z.uuid(),
  recordId: z.uuid(),
  part: z.string(),
  agency: z.string(),
  feed: z.string(),
  role: z.string(),
  kind: z.enum(['record', 'subject']),
  weight: z.number(),
  probability: z.number(),
  status: z.string(),
  createdAt: z.iso.datetime(),
  cases: z.array(z.string()),
});

@Controller()
export class QueueController {
  constructor(@Inject(QueueRepository) private readonly queue: QueueRepository) {}

  @Get('review')
  @Allow('analyst', 'second-reviewer')
  @Render('queue/queue.njk')
  async page(@Query() query: unknown, @CurrentUser() user: SessionUser) {
    const { page, ...wanted } = pageQuery.catch({ page: 1 }).parse(query);
    const [total, parked, matches] = await Promise.all([
      this.queue.count(user.id, wanted),
      this.queue.count(user.id, { state: 'parked' }),
      this.queue.list(user.id, wanted, { limit: PAGE, offset: (page - 1) * PAGE }),
    ]);
    return {
      title: wanted.state === 'parked' ? 'Matches waiting for information' : 'Matches to review',
      wanted,
      filtered: Boolean(wanted.feed || wanted.role),
      total,
      parked,
      matches: matches.map((match) => ({ ...match, likelihood: likelihoodInWords(match) })),
      feeds: choices(FEEDS, feedWords, wanted.feed, 'Every feed'),
      roles: choices(ROLES, roleWords, wanted.role, 'Everybody'),
      pagination: pages({ page, size: PAGE, total, path: '/review', query: wanted }),
    };
  }

  @Get('api/queue')
  @Allow('analyst', 'second-reviewer')
  async list(@Query() query: unknown, @CurrentUser() user: SessionUser) {
    const { limit, offset, ...wanted } = queueQuery.parse(query);
    const [total, items] = await Promise.all([
      this.queue.count(user.id, wanted),
      this.queue.list(user.id, wanted, { limit, offset }),
    ]);
    return { total, items };
  }
}

function choices(values: readonly string[], words: (id: string) => string, chosen: string | undefined, all: string) {
  return [
    { value: '', text: all, selected: !chosen },
    ...values.map((value) => ({ value, text: words(value), selected: value === chosen })),
  ];
}

describeApi({
  method: 'get',
  path: '/api/queue',
  summary: 'Matches that wait for the signed-in reviewer',
  query: queueQuery,
  answer: z.object({ total: z.number(), items: z.array(waitingMatch) }),
});
