import { HubError } from '#contracts';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { AgencyFolder } from '../agency/agency-folder.js';
import type { Taken, Way } from './ways.js';

/** Longer than the hub takes for the largest batch; after that the connection is taken for dead. */
const SILENCE_MS = 120_000;
/** Answers that say "later", not "never". */
const LATER = new Set([408, 425, 429]);

/** The hub's HTTPS entrance, with the agency's certificate: one connection, kept open from batch to batch. */
export class HttpsWay implements Way {
  private readonly agent: Agent;
  private readonly base: string;

  /** @throws HubError `usage` when agency.json names no address, or a certificate file is missing */
  constructor(folder: AgencyFolder) {
    this.base = folder.settings.hub.https ?? '';
    if (!this.base) throw new HubError('usage', 'agency.json names no HTTPS address of the hub ("hub": {"https": …}).');
    const [cert, key, ca] = ['kafka.crt', 'kafka.key', 'ca.crt'].map((name) => certificateFile(folder, name));
    this.agent = new Agent({ keepAlive: true, maxSockets: 1, cert, key, ca, timeout: SILENCE_MS });
  }

  async send(_feed: string, message: Buffer): Promise<Taken> {
    const { submission, receipt } = (await this.ask('POST', '/v1/feeds', message)) as Taken;
    return { submission: submission ?? null, ...(typeof receipt === 'string' ? { receipt } : {}) };
  }

  /** @returns the sealed receipts there are of a submission (or of the name a 202 gave), or null when the hub knows none such */
  async receipts(id: string): Promise<Buffer[] | null> {
    const answer = (await this.ask('GET', `/v1/receipts/${id}`).catch((error: unknown) => {
      if (error instanceof HubError && error.status === 404) return null;
      throw error;
    })) as { receipts?: { message?: unknown }[] } | null;
    return answer === null
      ? null
      : (answer.receipts ?? []).map(({ message }) => Buffer.from(String(message), 'base64'));
  }

  async close(): Promise<void> {
    this.agent.destroy();
  }

  /** @throws HubError with the hub's own code and words when it does not take it */
  private async ask(method: 'GET' | 'POST', path: string, body?: Buffer): Promise<unknown> {
    const { status, text } = await this.exchange(method, path, body);
    const answer = jsonOf(text) as { error?: { code?: string; message?: string } } | null;
    // A gateway in between may answer with a page of its own: only what the hub itself says is taken for its word.
    if (status === (method === 'POST' ? 202 : 200) && answer) return answer;
    const code = answer?.error?.code ?? 'internal';
    throw new HubError(code, answer?.error?.message ?? `The hub's HTTPS entrance answered ${status}.`, {
      status: LATER.has(status) || status < 400 ? 503 : status,
    });
  }

  private exchange(method: string, path: string, body?: Buffer): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = body ? { 'content-type': 'application/octet-stream', 'content-length': body.length } : {};
      const sending = request(
        new URL(path, this.base),
        { method, agent: this.agent, timeout: SILENCE_MS, headers },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
          // A connection that breaks in the middle of the answer ends without "end".
          response.once('error', reject).once('close', () => reject(new Error('the connection was cut')));
        },
      );
      sending.on('timeout', () => sending.destroy(new Error('the hub did not answer in time')));
      sending.on('error', reject).end(body);
    });
  }
}

function certificateFile(folder: AgencyFolder, name: string): Buffer {
  try {
    return readFileSync(folder.path(name));
  } catch {
    throw new HubError(
      'usage',
      `${name} is missing in ${folder.dir}. The hub's administrator gives you kafka.crt and ca.crt; "mash agency init" makes kafka.key.`,
    );
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
