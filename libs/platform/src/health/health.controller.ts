import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database.js';
import { metrics } from './metrics.js';

@Controller()
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** 200 when the service can reach its database, 503 otherwise. */
  @Get('health')
  async health(@Res() response: Response) {
    const ok = await this.database.client.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    response.status(ok ? 200 : 503).json({ ok });
  }

  @Get('metrics')
  @Header('content-type', metrics.contentType)
  async metrics() {
    return metrics.metrics();
  }
}
