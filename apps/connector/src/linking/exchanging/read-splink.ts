import { modelFromSplink, SplinkFileError, type SplinkImport } from '#linkage';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import type { LinkFlags } from '../settings/flags.js';
import type { SettingsFile } from '../settings/settings-file.js';
import { jsonIn, readSmallFile } from '../settings/small-file.js';

/**
 * The Splink model of `--import-splink`; null without the option.
 * @throws LinkError `usage` on what is no such file, and on options that say otherwise
 */
export async function readSplink(
  { importSplink: file, model, exportSplink }: Pick<LinkFlags, 'importSplink' | 'model' | 'exportSplink'>,
  given: SettingsFile | null,
  files: number,
): Promise<SplinkImport | null> {
  if (file === undefined) return null;
  const refuse = (why: string): never => {
    throw new LinkError('usage', why);
  };
  if (model !== undefined) refuse('--import-splink and --model: one run has one model.');
  if (exportSplink !== undefined) refuse('--import-splink and --export-splink: the file would come out as it went in.');
  if (given?.comparisons !== undefined)
    refuse('--import-splink says what is compared: the settings’ "comparisons" have no part in it. Leave them out.');
  if (given?.blocking !== undefined && given.blocking !== 'auto')
    refuse('--import-splink has blocking rules of its own: leave "blocking" out of the settings, or say "auto".');
  const imported = read(file, jsonIn(await readSmallFile(file), file));
  if (imported.model.type === 'link' && files < 2 && given?.type !== 'dedupe')
    refuse(`${printable(file)} is for linking two files ("link_only"): name LEFT.csv and RIGHT.csv.`);
  return imported;
}

function read(file: string, settings: unknown): SplinkImport {
  try {
    return modelFromSplink(settings);
  } catch (error) {
    if (!(error instanceof SplinkFileError)) throw error;
    throw new LinkError('usage', `${printable(file)} is no Splink settings file that can be used: ${error.message}.`, {
      cause: error,
    });
  }
}
