import type { TrainedModel } from '#linkage';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LinkError } from '../link-error.js';
import { readModel } from '../settings/model-file.js';
import { jsonIn, readSmallFile } from '../settings/small-file.js';
import { parseSettings, readSettings, type SettingsFile } from '../settings/settings-file.js';
import type { ExplainingFlags } from './register-explaining.js';

/** What an earlier run, or the command line, says of how files are to be compared. */
export interface EarlierRun {
  model: TrainedModel;
  settings: SettingsFile | null;
  threshold: number;
  /** Ids of rows held apart, as the report has them. */
  ambiguous: string[][];
}

interface ReportLike {
  settings?: unknown;
  threshold?: unknown;
  ambiguous?: unknown;
}

/** Reads the model of `--model`, else that of the report in `--out`; its settings unless `--settings` gives others. @throws LinkError `usage` */
export async function earlierRun(flags: ExplainingFlags): Promise<EarlierRun> {
  const file = flags.model ?? (flags.out === undefined ? undefined : join(flags.out, 'report.json'));
  if (file === undefined)
    throw new LinkError('usage', 'which model? --model takes its file, --out the folder of an earlier run.');
  const model = await readModel(file);
  const report = await reportOf(file, flags.out);
  const settings =
    flags.settings !== undefined
      ? await readSettings(flags.settings)
      : report.settings === undefined
        ? null
        : parseSettings(JSON.stringify(report.settings), file);
  const given = typeof flags.threshold === 'number' ? flags.threshold : report.threshold;
  return {
    model,
    settings,
    threshold: typeof given === 'number' ? given : model.thresholds.link,
    ambiguous: Array.isArray(report.ambiguous) ? (report.ambiguous as string[][]) : [],
  };
}

/** The report that the model's file is, or that stands in the folder of the run; nothing where neither is there. */
async function reportOf(file: string, out: string | undefined): Promise<ReportLike> {
  for (const one of new Set([...(out === undefined ? [] : [join(out, 'report.json')]), file])) {
    if ((await stat(one).catch(() => null)) === null) continue;
    const value = jsonIn(await readSmallFile(one), one) as (ReportLike & { format?: unknown }) | null;
    if (value !== null && value.format === undefined) return value;
  }
  return {};
}
