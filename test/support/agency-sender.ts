import type { FeedName } from '#contracts';
import { readPublicKey, readSecretKey } from '#crypto';
import kafkajs from 'kafkajs';
import type { Producer } from 'kafkajs';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { sealSubmission } from '../../apps/connector/src/sealing/seal-submission.js';
import type { RunningHub } from '../../deploy/embedded/hub.js';

/** One agency of a running hub, sending as a client of its own would: over the real broker, or over HTTPS. */
export class AgencySender {
  private readonly folder: string;
  private producer: Producer | null = null;
  private sequence = Date.now();

  constructor(
    private readonly hub: RunningHub,
    readonly agency: string,
  ) {
    this.folder = join(hub.layout.folder, 'agencies', agency);
  }

  /** A delta submission of one batch. @param armouredKey private key to sign with; default the agency's own @returns the sealed bytes */
  async sealed(feed: FeedName, rows: object[], armouredKey?: string): Promise<{ submission: string; message: Buffer }> {
    const { submission, batches } = await sealSubmission({
      agency: this.agency,
      feed,
      mode: 'delta',
      lines: rows.map((row) => JSON.stringify(row)),
      extractedAt: new Date(),
      sequence: this.sequence++,
      agencyKey: await readSecretKey(armouredKey ?? this.text('agency.key.asc')),
      hubKey: await readPublicKey(this.text('hub.pub.asc')),
    });
    return { submission, message: batches[0]!.message };
  }

  async overKafka(feed: string, message: Buffer): Promise<void> {
    if (!this.producer) {
      const [ca, cert, key] = ['ca.crt', 'kafka.crt', 'kafka.key'].map((name) => this.text(name));
      const { brokers } = this.hub.kafka;
      const kafka = new kafkajs.Kafka({
        clientId: this.agency,
        brokers,
        ssl: { ca: [ca!], cert: cert!, key: key! },
        logCreator: () => () => undefined,
      });
      this.producer = kafka.producer({ allowAutoTopicCreation: false });
      await this.producer.connect();
    }
    await this.producer.send({ topic: `feeds.${this.agency}`, acks: -1, messages: [{ key: feed, value: message }] });
  }

  /** @returns the HTTP status */
  async overHttps(message: Buffer): Promise<number> {
    const [ca, cert, key] = ['ca.crt', 'kafka.crt', 'kafka.key'].map((name) => this.text(name));
    return new Promise((resolve, reject) => {
      const sending = request(
        new URL('/v1/feeds', this.hub.ingest),
        { method: 'POST', ca, cert, key, agent: false },
        (response) => {
          response.resume().once('end', () => resolve(response.statusCode ?? 0));
        },
      );
      sending.once('error', reject).end(message);
    });
  }

  async end(): Promise<void> {
    await this.producer?.disconnect();
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }
}
