import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** prisma/ of the source tree or of its copy in dist/: both hold the schema and the migrations. */
export const prismaFolder = dirname(fileURLToPath(import.meta.url));

/** Every schema file as `[path, text]`, in order of name. */
export async function schemaFiles(): Promise<[string, string][]> {
  const folder = join(prismaFolder, 'schema');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      join(folder, name),
      await readFile(join(folder, name), 'utf8'),
    ]),
  );
}

/** The migrations folder in the shape the schema engine reads. */
export async function migrationList() {
  const baseDir = join(prismaFolder, 'migrations');
  const names = existsSync(baseDir) ? (await readdir(baseDir)).filter((name) => /^\d{14}_/.test(name)).sort() : [];
  const lock = join(baseDir, 'migration_lock.toml');
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? await readFile(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

export const noFilter = { externalTables: [], externalEnums: [] };
