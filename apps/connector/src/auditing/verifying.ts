import { parseCheckpoint, verifyLog, type Problem, type Progress } from '#ledger';
import { readmeProblem } from './readme.js';
import type { LogSource } from './sources.js';

export interface Verified {
  ok: boolean;
  /** As the checkpoint states them; null where it could not be read. Only worth something when `ok`. */
  origin: string | null;
  size: number | null;
  root: string | null;
  /** Entries of the older checkpoint the log was held against. */
  since: number | null;
  problems: Problem[];
}

/**
 * Checks a whole log (see `verifyLog`), and in a folder the files beside it. Throws `unreachable` when the source
 * stops answering: then nothing is known.
 */
export async function verifySource(
  source: LogSource,
  {
    since,
    vkey,
    onProgress,
  }: { since?: string | undefined; vkey?: string | undefined; onProgress?: Progress | undefined },
): Promise<Verified> {
  const result = await verifyLog(source.read, { since, vkey, files: source.files, onProgress });
  const problems = [...(result.ok ? [] : result.problems), ...(await besides(source))];
  const olderSize = since === undefined ? null : sizeOf(since);
  if (!result.ok || problems.length > 0) {
    const stated = result.ok ? result : null;
    return {
      ok: false,
      origin: stated?.origin ?? null,
      size: stated?.size ?? null,
      root: null,
      since: olderSize,
      problems,
    };
  }
  const { origin, size, root } = result;
  return { ok: true, origin, size, root: root.toString('base64'), since: olderSize, problems };
}

async function besides(source: LogSource): Promise<Problem[]> {
  const readme = source.files ? await source.read('README.txt') : null;
  const what = readme && readmeProblem(readme);
  return what ? [{ where: 'README.txt', what }] : [];
}

function sizeOf(checkpoint: string): number | null {
  try {
    return parseCheckpoint(checkpoint).size;
  } catch {
    return null;
  }
}
