import { HubError, refusalWords, type BatchRefusal } from '#contracts';
import { Controller, Get, Inject, Param, Query, Render } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentUser } from '../allowing/allow.js';
import { idOf } from '../answering/id-of.js';
import { pages } from '../answering/pagination.js';
import type { SessionUser } from '../signing-in/session-user.js';
import { ReceiptsRepository } from './receipts.repository.js';

const PAGE = 25;
const ROWS = 500;

@Controller('agency/receipts')
export class ReceiptsController {
  constructor(@Inject(ReceiptsRepository) private readonly receipts: ReceiptsRepository) {}

  @Get()
  @Allow('agency')
  @Render('receipts/receipts.njk')
  async list(@Query('page') given: unknown, @CurrentUser() user: SessionUser) {
    const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(given);
    const [totals, batches] = await Promise.all([
      this.receipts.totals(user.agency),
      this.receipts.list(user.agency, { limit: PAGE, offset: (page - 1) * PAGE }),
    ]);
    const pagination = pages({ page, size: PAGE, total: totals.batches, path: '/agency/receipts', query: {} });
    return { title: 'What you have sent', totals, batches, pagination };
  }

  @Get(':id')
  @Allow('agency')
  @Render('receipts/receipt.njk')
  async one(@Param('id') id: string, @CurrentUser() user: SessionUser) {
    const batch = await this.receipts.find(user.agency, idOf(id, 'receipt'));
    if (!batch) throw new HubError('not_found', 'There is no such receipt.');
    const rows = await this.receipts.quarantined(batch.id, ROWS);
    const refusal = batch.reason ? refusalWords[batch.reason as BatchRefusal] : undefined;
    return { title: `Receipt ${batch.id.slice(0, 8)}`, batch, rows, more: rows.length === ROWS, refusal };
  }
}
