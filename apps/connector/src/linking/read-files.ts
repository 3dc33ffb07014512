import type { ComparisonSettings } from '#linkage';
import { readTable, type TableOptions, type TableRead } from './reading/read-table.js';
import { pairsOf } from './recognising/pair-files.js';
import type { NameSense } from './recognising/recognise.js';
import { sameHeadings } from './recognising/same-heading.js';
import { checkColumns } from './settings/resolve-settings.js';
import type { SettingsFile } from './settings/settings-file.js';
import { comparisonsIn, sidesIn } from './settings/sides.js';

/** Files as one table, and what settings say is compared. */
export interface FilesRead {
  read: TableRead;
  comparisons: ComparisonSettings[] | undefined;
}

/**
 * Reads one file or two, and puts the columns of the second under those of the first that mean the same: as the settings
 * say, else by heading, else by what stands in them.
 * @param also columns that must be there beside those of the settings
 * @throws LinkError
 */
export async function readFiles(
  files: readonly string[],
  given: SettingsFile | null,
  nameSense: NameSense,
  options: TableOptions = {},
  also: readonly string[] = [],
): Promise<FilesRead> {
  const read = await readTable(files, { ...options, sameAs: sameHeadings });
  if (given) read.pair(sidesIn(given, read));
  const comparisons = comparisonsIn(given);
  const named = [
    ...also,
    ...(typeof given?.id === 'string' ? [given.id] : []),
    ...(comparisons ?? []).flatMap(({ columns }) => columns),
    ...(Array.isArray(given?.blocking) ? given.blocking.flat() : []),
  ];
  const isThere = (name: string): boolean => read.files.every((_, file) => read.has(name, file));
  if (!comparisons || !named.every(isThere)) read.pair(pairsOf(read, nameSense));
  checkColumns(named, read);
  return { read, comparisons };
}
