import type { ComparisonSettings, LinkSettings } from '#linkage';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import { quoted } from '../reading/file-problem.js';
import { checkHeadings } from '../reading/headless.js';
import type { TableRead } from '../reading/read-table.js';
import type { LinkFlags } from './flags.js';
import type { SettingsFile } from './settings-file.js';

/** What is known before the files are read. */
export type LinkType = 'dedupe' | 'link';

/** One file is searched for doubles, two are linked, unless the settings say that two are one heap. */
export function linkType(settings: SettingsFile | null, files: number, oneToOne = false): LinkType {
  const type = settings?.type ?? (files === 2 ? 'link' : 'dedupe');
  if (type === 'link' && files < 2)
    throw new LinkError('usage', 'the settings say "type": "link": that takes two files, LEFT.csv and RIGHT.csv.');
  if (settings?.oneToOne && type === 'dedupe')
    throw new LinkError('usage', 'the settings say "oneToOne": that goes with "type": "link" and two files only.');
  if (oneToOne && type === 'dedupe') throw new LinkError('usage', '--one-to-one goes with two files that are linked.');
  return type;
}

/**
 * The settings the engine is given: the command line's above the file's, above what was recognised.
 * @throws LinkError `usage` when a column is named that a file lacks
 */
export function resolveSettings(
  given: SettingsFile | null,
  flags: Pick<LinkFlags, 'threshold' | 'threads' | 'oneToOne'>,
  type: LinkType,
  comparisons: ComparisonSettings[],
): LinkSettings {
  return {
    type,
    oneToOne: flags.oneToOne ?? given?.oneToOne ?? false,
    comparisons,
    blocking: given?.blocking ?? 'auto',
    threshold: flags.threshold ?? given?.threshold ?? 'auto',
    threads: flags.threads ?? given?.threads ?? 0,
  };
}

/**
 * Makes sure that every file has the columns named. Run when what the settings pair is paired.
 * @throws LinkError `usage`, listing the columns there are; `bad_file` where a file has no headings
 */
export function checkColumns(named: readonly string[], read: TableRead): void {
  checkHeadingsUnless(read, named);
  for (const [i, { file, header }] of read.files.entries())
    refuseLacking(
      file,
      header,
      [...new Set(named)].filter((column) => !read.has(column, i)),
    );
}

export function refuseLacking(file: string, header: readonly string[], lacking: readonly string[]): void {
  if (lacking.length === 0) return;
  const which = `${lacking.length > 1 ? 'columns' : 'column'} ${lacking.map(quoted).join(', ')}`;
  throw new LinkError('usage', `${printable(file)} has no ${which}. It has: ${printable(header.join(', '))}.`);
}

/** Where columns are named and every file has them it has headings, whatever they look like. */
function checkHeadingsUnless(read: TableRead, named: readonly string[]): void {
  const known = named.length > 0 && named.every((column) => read.files.every((_, i) => read.has(column, i)));
  if (!known) checkHeadings(read.files);
}
