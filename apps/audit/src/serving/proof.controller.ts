import { isHubError } from '#contracts';
import { describeError, LOGGER } from '#platform';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { Proofs } from './proofs.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

@Controller('proof')
export class ProofController {
  constructor(
    @Inject(Proofs) private readonly proofs: Proofs,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** 200 `EntryProof`; 404 `not_sealed` while it is not, also for an id nobody knows: its transaction may yet commit. */
  @Get(':auditId')
  async proof(@Param('auditId') auditId: string, @Res() response: Response) {
    response.set('cache-control', 'no-store');
    if (!UUID.test(auditId)) return refuse(response, 400, 'bad_request', 'An entry is named by its id.');
    try {
      const proof = await this.proofs.of(auditId);
      if (!proof) return refuse(response, 404, 'not_sealed', 'No checkpoint covers this entry yet.');
      return response.json(proof);
    } catch (error) {
      if (!isHubError(error)) throw error;
      this.log.error({ err: describeError(error) }, 'an entry could not be proved');
      return refuse(response, error.status, error.code, error.message);
    }
  }
}

function refuse(response: Response, status: number, code: string, message: string) {
  return response.status(status).json({ error: { code, message } });
}
