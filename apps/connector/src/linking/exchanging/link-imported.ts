import {
  BlockingTooLarge,
  linkWithSplink,
  type LinkSettings,
  SplinkFileError,
  type SplinkImport,
  type Table,
} from '#linkage';
import { printable } from '../../telling.js';
import { refusalInWords } from '../engine-refusal.js';
import type { IdSpace } from '../judging/id-pairs.js';
import { LinkError } from '../link-error.js';
import type { Answer } from '../nothing-to-link.js';
import type { ImportReport } from './reports.js';

interface ImportedRun {
  table: Table;
  space: IdSpace;
  settings: LinkSettings;
  keep: number;
  decisions?: Parameters<typeof linkWithSplink>[0]['decisions'];
  previous?: Uint32Array;
  onProgress: NonNullable<Parameters<typeof linkWithSplink>[0]['onProgress']>;
}

/** Links with an imported model. @throws LinkError */
export function linkImported(
  { model, columns }: SplinkImport,
  file: string,
  { table, space, settings, keep, decisions, previous, onProgress }: ImportedRun,
): { answer: Answer; splink: ImportReport } {
  try {
    const { notUnderstood, blocking, ...answer } = linkWithSplink({
      table,
      leftRows: space.leftRows,
      settings,
      keep,
      splink: model,
      compareIds: (a, b) => space.ids.compare(a, b),
      onProgress,
      ...(decisions && { decisions }),
      ...(previous && { previous }),
    });
    return {
      answer: { ...answer, model: null },
      splink: { imported: file, columns, notUnderstood, blocking },
    };
  } catch (error) {
    if (error instanceof SplinkFileError)
      throw new LinkError('usage', `${printable(file)} cannot be used: ${error.message}.`, { cause: error });
    if (error instanceof BlockingTooLarge)
      throw new LinkError(
        'failed',
        `${printable(file)}: a blocking rule in it finds too many pairs: ${error.message}.`,
        {
          cause: error,
        },
      );
    throw refusalInWords(error, undefined, space.ids, settings.oneToOne);
  }
}
