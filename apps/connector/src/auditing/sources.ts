import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { LogReader } from '#ledger';
import { AuditError } from './errors.js';
import { httpReader } from './http-reader.js';

/** A log that can be read: a folder, or a hub's audit address. Both have the same layout. */
export interface LogSource {
  readonly name: string;
  readonly read: LogReader;
  /** Paths below it, with `/`; only a folder can tell. */
  readonly files?: () => Promise<string[]>;
}

/** Opens `https://…`, `http://…` or a folder. Throws `usage` when it is neither. */
export async function openSource(where: string): Promise<LogSource> {
  if (/^https?:\/\//i.test(where)) {
    const url = URL.parse(where);
    // A password in an address would end up in messages and shell histories.
    if (!url || url.username || url.password)
      throw new AuditError('usage', 'that is not an address (or it has a password in it)');
    return { name: where, read: httpReader(where) };
  }
  const found = await stat(where).catch(() => null);
  if (!found?.isDirectory()) throw new AuditError('usage', `"${where}" is not a folder or an http(s) address`);
  return folderSource(where);
}

/** A folder as a log. Only "there is no such file" counts as missing; any other failure is thrown. */
export function folderSource(folder: string): LogSource {
  return {
    name: folder,
    read: async (path) => {
      try {
        return await readFile(join(folder, path));
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
        throw error;
      }
    },
    files: async () => {
      const all = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = all.filter((entry) => !entry.isDirectory());
      return files
        .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length).replaceAll(sep, '/'))
        .sort();
    },
  };
}
