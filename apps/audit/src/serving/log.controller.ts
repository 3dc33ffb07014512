import { parseTilePath, TILE_WIDTH } from '#ledger';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LogFolder } from '../publishing/log-folder.js';

const TEXT = 'text/plain; charset=utf-8';
const FOR_EVER = 'public, max-age=31536000, immutable';
const NOT_KEPT = 'no-cache';

/** The log as c2sp.org/tlog-tiles serves it. */
@Controller()
export class LogController {
  constructor(@Inject(LogFolder) private readonly folder: LogFolder) {}

  @Get('checkpoint')
  async checkpoint(@Res() response: Response) {
    await this.send(response, 'checkpoint', TEXT, NOT_KEPT);
  }

  @Get('key.vkey')
  async key(@Res() response: Response) {
    await this.send(response, 'key.vkey', TEXT, NOT_KEPT);
  }

  /** Only a path written exactly as `tilePath` writes it reaches the disk. A full tile never changes; a partial one goes. */
  @Get('tile/*path')
  async tile(@Req() request: Request, @Res() response: Response) {
    const path = request.path.slice(1);
    const tile = parseTilePath(path);
    if (!tile) return notFound(response);
    await this.send(response, path, 'application/octet-stream', tile.width === TILE_WIDTH ? FOR_EVER : NOT_KEPT);
  }

  private async send(response: Response, path: string, type: string, caching: string): Promise<void> {
    const bytes = await this.folder.read(path);
    if (!bytes) return notFound(response);
    response.set({ 'content-type': type, 'cache-control': caching, 'x-content-type-options': 'nosniff' }).send(bytes);
  }
}

function notFound(response: Response): void {
  response
    .status(404)
    .set('cache-control', 'no-store')
    .json({ error: { code: 'not_found', message: 'The log has no such file.' } });
}
