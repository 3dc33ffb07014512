import { randomBytes } from 'node:crypto';
import { link, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CryptoError } from '../crypto-error.js';

/** The files of a key directory. Versioned ones (record and blind-index keys) are followed by `.v2`, `.v3` before the ending. */
export const KEY_FILES = {
  recordPublic: 'record.public.pem',
  recordPrivate: 'record.private.pem',
  blindIndex: 'blind-index.key',
  hubPrimary: 'hub.primary.asc',
  hubOpening: 'hub.opening.asc',
  hubPacks: 'hub.packs.asc',
  hubPublic: 'hub.pub.asc',
  ledger: 'ledger.ed25519.pem',
  session: 'portal-session.key',
} as const;

const PUBLIC_FILES = new Set<string>([KEY_FILES.recordPublic, KEY_FILES.hubPublic]);
const OTHERS_CAN_READ = 0o077;

/** `record.private.pem` for version 1, `record.private.v2.pem` for version 2. */
export function versionedName(name: string, version: number): string {
  return version === 1 ? name : name.replace(/\.([^.]+)$/, `.v${version}.$1`);
}

/** The versions of a key file there are, ascending. */
export async function versionsOf(dir: string, name: string): Promise<number[]> {
  const files = new Set(await readdir(dir).catch(() => []));
  const suffix = /\.v([2-9]|[1-9][0-9]{1,5})\.[^.]+$/;
  const versions = [...files].flatMap((file) => {
    const version = file === name ? 1 : Number(suffix.exec(file)?.[1]);
    return versionedName(name, version) === file ? [version] : [];
  });
  return versions.sort((a, b) => a - b);
}

/**
 * Reads a key file. Private ones must be readable by their owner alone.
 * @throws CryptoError `key_missing` (which file, and how to make it) · `key_permissions` · `key_unreadable`
 */
export async function readKeyFile(dir: string, name: string): Promise<string> {
  const file = join(dir, name);
  try {
    const { mode } = await stat(file);
    const isPublic = PUBLIC_FILES.has(name.replace(/\.v\d+\./, '.'));
    if (!isPublic && process.platform !== 'win32' && mode & OTHERS_CAN_READ) {
      throw new CryptoError('key_permissions', `Key file ${name} can be read by others: chmod 600 it`);
    }
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof CryptoError) throw cause;
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new CryptoError('key_unreadable', `Key file ${name} cannot be read`, { cause });
    }
    const how = 'createHubKeys makes it; or copy it from the directory where the keys were made';
    throw new CryptoError('key_missing', `Key file ${name} is missing: ${how}`, { cause });
  }
}

/** Whether a key file of this name is there. */
export async function keyFileExists(dir: string, name: string): Promise<boolean> {
  return stat(join(dir, name)).then(
    () => true,
    () => false,
  );
}

/**
 * Writes a key file, all or nothing, never over another. The content goes to a file of its own first and is flushed;
 * `link` then gives it its name, which fails where the name is taken, so of two processes one wins and both read its key.
 * @returns whether this call wrote it
 */
export async function writeNewKeyFile(dir: string, name: string, content: string): Promise<boolean> {
  const temporary = join(dir, `.${name}.${randomBytes(6).toString('hex')}.new`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, join(dir, name));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(temporary);
  }
}
