import { comparerOfModel, type LinkSettings, modelFor, splinkSettings, type Table, type TrainedModel } from '#linkage';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import type { TableRead } from '../reading/read-table.js';
import type { LinkFlags } from '../settings/flags.js';
import { keepFrom, RESULT_FILES } from '../writing/keep-inputs.js';
import { prepareFolder, type OutputFile } from '../writing/result-files.js';
import type { ExportReport } from './reports.js';

const MISSING = JSON.parse(readFileSync(new URL('../reading/missing-words.json', import.meta.url), 'utf8')) as string[];

const sqlBeside = (file: string): string => `${file.replace(/\.json$/i, '')}.prepare.sql`;

/** A file system's 255, less what is put around a name while its file is written, and `.prepare.sql`. */
const LONGEST_NAME = 200;

type Flags = Pick<LinkFlags, 'exportSplink' | 'splinkColumns' | 'splinkDialect' | 'out' | 'model'>;

/**
 * Before the work: the settings must not take the place of what is read, of results, or of anything but an earlier export.
 * @throws LinkError `usage`
 */
export async function checkExport(
  { exportSplink: file, splinkColumns, out }: Flags,
  inputs: readonly string[],
): Promise<void> {
  if (file === undefined) return;
  if (file === '' || Buffer.byteLength(basename(file)) > LONGEST_NAME)
    throw new LinkError('usage', `--export-splink needs a file's name, of at most ${LONGEST_NAME} bytes.`);
  await prepareFolder(dirname(resolve(file)));
  const results = RESULT_FILES.map((name) => resolve(out, name));
  for (const [target, begins] of [
    [file, /^\s*\{\s*"link_type"/],
    ...(splinkColumns === 'prepared' ? [[sqlBeside(file), /^create or replace /] as const] : []),
  ] as const) {
    await keepFrom(target, [...inputs, ...results]);
    const start = await startOf(target);
    if (start !== null && !begins.test(start))
      throw new LinkError('usage', `${printable(target)} is there and is no earlier export: it is not written over.`);
  }
}

/** What `--export-splink` writes, and what the report says of it. */
export function exportFor(
  flags: Flags,
  model: TrainedModel,
  table: Table,
  settings: LinkSettings,
  id: string | null,
  read: TableRead,
  allPairs: number,
): { files: OutputFile[]; report: ExportReport } {
  const file = flags.exportSplink!;
  // A model that was given weighs by how many rows there are here.
  const own = flags.model === undefined ? model : modelFor(model, comparerOfModel(model, table), table.rows, allPairs);
  const {
    settings: splink,
    notExpressed,
    prepare,
  } = splinkSettings(own, {
    table,
    type: settings.type,
    blocking: settings.blocking,
    missing: MISSING,
    dialect: flags.splinkDialect ?? 'duckdb',
    columns: flags.splinkColumns ?? 'raw',
    ...(id !== null && { id }),
  });
  if (id === null)
    notExpressed.push({ field: 'id', level: null, why: 'the files have no column of ids: add one called unique_id' });
  notExpressed.push(...calledOtherwise(own, read));
  const folder = dirname(resolve(file));
  const files: OutputFile[] = [
    { folder, name: basename(file), write: (to) => to.text(`${JSON.stringify(splink, null, 1)}\n`) },
  ];
  if (prepare !== null) files.push({ folder, name: basename(sqlBeside(file)), write: (to) => to.text(prepare) });
  return { files, report: { file, ...(prepare !== null && { prepare: sqlBeside(file) }), notExpressed } };
}

/** Splink wants one name for a column in both files. */
function calledOtherwise({ comparisons }: TrainedModel, { columns, files }: TableRead): ExportReport['notExpressed'] {
  const used = new Set(comparisons.flatMap((one) => one.columns));
  return columns.flatMap(({ name, called }) => {
    const there = files.map((_, at) => called[at]!).filter((names) => names.length !== 1 || names[0] !== name);
    if (!used.has(name) || there.length === 0) return [];
    return [
      {
        field: name,
        level: null,
        why: `a file calls this column otherwise (${there.flat().join(', ')}): rename it for Splink`,
      },
    ];
  });
}

async function startOf(file: string): Promise<string | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}
