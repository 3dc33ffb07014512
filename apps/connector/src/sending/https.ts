import { HubError } from '#contracts';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { AgencyFolder } from '../agency/agency-folder.js';

/** Sends one sealed batch over HTTPS. @throws HubError with the hub's own code and words when it does not take it */
export async function sendOverHttps(folder: AgencyFolder, message: Buffer): Promise<{ submission: string | null }> {
  const base = folder.settings.hub.https;
  if (!base) throw new HubError('usage', 'agency.json names no HTTPS address of the hub.');
  const [cert, key, ca] = await Promise.all(
    ['kafka.crt', 'kafka.key', 'ca.crt'].map((name) => readFile(folder.path(name))),
  );
  const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sending = request(
      new URL('/v1/feeds', base),
      {
        method: 'POST',
        cert,
        key,
        ca,
        timeout: 120_000,
        headers: { 'content-type': 'application/octet-stream', 'content-length': message.length },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sending.on('timeout', () => sending.destroy(new Error('timeout')));
    sending.on('error', reject).end(message);
  });
  const answer = jsonOf(body) as { submission?: string | null; error?: { code: string; message: string } };
  if (status !== 202)
    throw new HubError(answer.error?.code ?? 'internal', answer.error?.message ?? `The hub answered ${status}.`);
  return { submission: answer.submission ?? null };
}

/** A gateway in between may answer with a page of its own. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}
