import { AGENCIES } from '#contracts';
import { CONFIG, describeError, LOGGER } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import type { IngestConfig } from '../config.js';
import { BatchesRepository } from '../storing/batches.repository.js';
import { FeedIntake } from './feed-intake.js';
import { Lanes } from './lanes.js';
import { closeAfter, readBody } from './request-body.js';
import { Turns } from './turns.js';

const MAX_BODY = 64 * 1024 * 1024;
/** Bodies of one agency read at a time; more wait unread, so that no agency can crowd the others out. */
const AT_ONCE = 2;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The HTTPS way in, for agencies without Kafka: the same intake behind a client certificate of the hub's own authority. */
@Injectable()
export class HttpsEntrance implements OnApplicationBootstrap, OnModuleDestroy {
  private server: Server | null = null;
  private readonly turns = new Turns(AT_ONCE);

  constructor(
    @Inject(CONFIG) private readonly config: IngestConfig,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(FeedIntake) private readonly intake: FeedIntake,
    @Inject(BatchesRepository) private readonly batches: BatchesRepository,
    @Inject(Lanes) private readonly lanes: Lanes,
  ) {}

  async onApplicationBootstrap() {
    this.server = createServer(
      {
        cert: readFileSync(this.config.TLS_CERT_FILE),
        key: readFileSync(this.config.TLS_KEY_FILE),
        ca: readFileSync(this.config.TLS_CA_FILE),
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
      },
      (request, response) => {
        this.answer(request, response).catch((error: unknown) => {
          this.log.error({ err: describeError(error) }, 'feed request failed');
          send(response, 503, {
            error: { code: 'busy', message: 'Nothing was taken. Send the same batch again in a minute.' },
          });
        });
      },
    );
    this.server.requestTimeout = 120_000;
    await new Promise<void>((resolve, reject) => {
      this.server!.once('error', reject).listen(this.config.FEEDS_PORT, this.config.FEEDS_HOST, resolve);
    });
  }

  /** Where it listens: the port is the system's choice when none was set. */
  get port(): number {
    return (this.server!.address() as AddressInfo).port;
  }

  async onModuleDestroy() {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(null)));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const agency = agencyOf(request);
    if (!agency)
      return send(response, 403, {
        error: { code: 'unknown_certificate', message: 'This certificate names no agency.' },
      });
    // Not by URL: a request may name any text as its target.
    const path = (request.url ?? '/').split('?')[0]!;
    if (request.method === 'POST' && path === '/v1/feeds')
      return this.turns.take(agency, () => this.feed(agency, request, response));
    const receipts = /^\/v1\/receipts\/([^/]+)$/.exec(path);
    if (request.method === 'GET' && receipts) return this.receipts(agency, receipts[1]!, response);
    return send(response, 404, {
      error: { code: 'not_found', message: 'POST /v1/feeds or GET /v1/receipts/<submission>.' },
    });
  }

  private async feed(agency: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, MAX_BODY, this.config.SPOOL_DIR);
    if (!body) {
      closeAfter(request, response);
      return send(response, 413, { error: { code: 'too_large', message: 'At most 64 MiB a batch.' } });
    }
    const taken = await this.lanes
      .take(agency, body.size, async () => this.intake.receive(agency, await body.bytes()))
      .finally(() => body.drop());
    return send(response, 202, taken);
  }

  /**
   * The sealed receipts of one submission (or the one a 202 named), base64, in the order of its batches, refused ones too; an empty
   * list while they are being made. With it, how far the submission has come and which batches are missing.
   */
  private async receipts(agency: string, submission: string, response: ServerResponse): Promise<void> {
    if (!UUID.test(submission))
      return send(response, 404, { error: { code: 'not_found', message: 'No such submission.' } });
    const rows = await this.batches.receipts(agency, submission);
    if (rows.length === 0) return send(response, 404, { error: { code: 'not_found', message: 'No such submission.' } });
    const ready = rows.filter((row) => row.receipt);
    send(response, 200, {
      submission,
      ...(await this.batches.state(agency, submission)),
      receipts: ready.map((row) => ({ batch: row.batch, message: row.receipt!.toString('base64') })),
    });
  }
}

function agencyOf(request: IncomingMessage): string | null {
  const certificate = (request.socket as TLSSocket).getPeerCertificate();
  const name = certificate.subject?.CN;
  return typeof name === 'string' && AGENCIES.some((agency) => agency.id === name) ? name : null;
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
