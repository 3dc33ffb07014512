import type { Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where files go once they are done with; nothing in them is looked at. */
export const PROCESSED = 'processed';
export const FAILED = 'failed';

/** A file as it is found. */
export interface Found {
  /** below the watched folder, with `/` */
  path: string;
  bytes: number;
  modifiedMs: number;
  inode: number;
  /** `<name>.done` is beside it, and not from an earlier file of this name */
  marked: boolean;
}

export interface Looked {
  files: Found[];
  /** what is left alone, and why: told once each */
  left: { path: string; why: string }[];
}

const READ = /\.(csv|ndjson|jsonl|xlsx)$/i;
const MARKER = '.done';
/** Names programs give to what they have not finished: editors, browsers, copying and transfer programs. */
const UNFINISHED = /^[.~]|\.(tmp|temp|part|partial|filepart|crdownload|download|swp|done|lock)$|~$/i;

/** Everything in the folder, and one level of subfolders, that could be sent. Symbolic links are never followed. */
export async function look(dir: string): Promise<Looked> {
  const looked: Looked = { files: [], left: [] };
  await lookInto(dir, '', looked);
  return looked;
}

async function lookInto(dir: string, below: string, looked: Looked): Promise<void> {
  const entries = await readdir(join(dir, below), { withFileTypes: true });
  const names = new Set(entries.map(({ name }) => name));
  for (const entry of entries) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      const ours = below === '' && (entry.name === PROCESSED || entry.name === FAILED);
      if (!ours && below === '' && !entry.name.startsWith('.')) await lookInto(dir, path, looked);
      continue;
    }
    const why = whyLeft(entry, names);
    if (why === 'quietly') continue;
    if (why) looked.left.push({ path, why });
    else {
      const found = await findings(dir, path, names.has(`${entry.name}${MARKER}`));
      if (found === 'locked') looked.left.push({ path, why: 'it is locked by another program; it is looked at again' });
      else if (found) looked.files.push(found);
    }
  }
}

/** @returns why a file is not looked at; null: it is */
function whyLeft(entry: Dirent, names: ReadonlySet<string>): string | null {
  const { name } = entry;
  if (entry.isSymbolicLink()) return 'it is a symbolic link; put the file itself here';
  if (!entry.isFile()) return 'it is no ordinary file';
  if (UNFINISHED.test(name)) return 'quietly';
  if (!READ.test(name)) return 'it is not a .csv, .xlsx or .ndjson file';
  // Excel (which cuts two letters off long names) and LibreOffice put these beside a file while it is open in them.
  const owners = [`~$${name}`, `~$${name.slice(2)}`, `.~lock.${name}#`];
  return owners.some((owner) => names.has(owner)) ? 'it is open in another program; it is looked at again' : null;
}

async function findings(dir: string, path: string, hasMarker: boolean): Promise<Found | 'locked' | null> {
  const file = join(dir, path);
  const stats = await lstat(file).catch(() => null);
  // Gone, or changed into something else, since the folder was read.
  if (!stats?.isFile()) return null;
  if (!(await canBeRead(file))) return 'locked';
  const marker = hasMarker ? await lstat(`${file}${MARKER}`).catch(() => null) : null;
  return {
    path,
    bytes: stats.size,
    modifiedMs: stats.mtimeMs,
    inode: stats.ino,
    // A marker older than the file belongs to one of the same name that came before.
    marked: marker !== null && marker.isFile() && marker.mtimeMs >= stats.mtimeMs,
  };
}

async function canBeRead(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  await handle?.close();
  return handle !== null;
}
