import { Database } from '#platform';
import { Controller, Get, Inject, Render } from '@nestjs/common';
import { Allow } from '../allowing/allow.js';

/** May A send B this, for that, today? Read-only so far. */
@Controller('agreements')
export class AgreementsController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  @Allow('data-protection', 'auditor')
  @Render('agreements/agreements.njk')
  async list() {
    const now = new Date();
    const rows = await this.database.client.agreement.findMany({
      orderBy: [{ source: 'asc' }, { recipient: 'asc' }, { validFrom: 'asc' }],
    });
    const agreements = rows.map((row) => ({
      ...row,
      state: row.validFrom > now ? 'future' : row.validTo && row.validTo <= now ? 'ended' : 'in-force',
    }));
    return { title: 'Agreements', agreements, inForce: agreements.filter((row) => row.state === 'in-force').length };
  }
}
