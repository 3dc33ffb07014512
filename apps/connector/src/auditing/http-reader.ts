import { setTimeout as pause } from 'node:timers/promises';
import type { LogReader } from '#ledger';
import { AuditError } from './errors.js';

const TIMEOUT_MS = 30_000;
const RETRY_AFTER_MS = [200, 1000];
// 256 entries of 65,535 bytes and their lengths: no file of a log is larger.
const LARGEST = 256 * (2 + 65_535);

/**
 * Reads a log over HTTP. 404 and 410 mean that the file is not there; everything else that is not 200 is tried again
 * twice and then thrown as `unreachable`, so that a broken network is never taken for a broken log.
 */
export function httpReader(address: string): LogReader {
  const base = new URL(address);
  base.hash = '';
  base.search = '';
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return async (path) => {
    const url = new URL(path, base);
    for (const wait of RETRY_AFTER_MS) {
      const answer = await get(url).catch((error: unknown) => {
        if (error instanceof AuditError && error.code === 'too_large') throw error;
        return undefined;
      });
      if (answer !== undefined) return answer;
      await pause(wait);
    }
    return get(url);
  };
}

async function get(url: URL): Promise<Buffer | null> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'accept-encoding': 'gzip, identity' },
    });
  } catch (cause) {
    throw new AuditError('unreachable', `${url.href} could not be reached`, { cause });
  }
  if (answer.status !== 200) {
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 410) return null;
    throw new AuditError('unreachable', `${url.href} answered ${answer.status}`);
  }
  return bodyOf(answer, url);
}

async function bodyOf(answer: Response, url: URL): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of answer.body ?? []) {
      length += part.length;
      if (length > LARGEST) throw new AuditError('too_large', `${url.href} is larger than any file of a log`);
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof AuditError) throw cause;
    throw new AuditError('unreachable', `${url.href} broke off`, { cause });
  }
  return Buffer.concat(parts);
}
