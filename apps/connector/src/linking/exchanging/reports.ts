import type { NotExpressed, SplinkImport, SplinkLinkResult } from '#linkage';

/** In `report.json` of a run with `--export-splink`. */
export interface ExportReport {
  file: string;
  /** SQL that makes the columns the settings speak of, where they speak of others than the files'. */
  prepare?: string;
  notExpressed: NotExpressed[];
}

/** In `report.json` of a run with `--import-splink`. */
export interface ImportReport {
  imported: string;
  columns: SplinkImport['columns'];
  /** Levels that could not be read: they count as never true. */
  notUnderstood: SplinkImport['notUnderstood'];
  blocking: SplinkLinkResult['blocking'];
}

/** What of a model Splink or we cannot have, in words. */
export function splinkInWords(report: ExportReport | ImportReport): string[] {
  return 'imported' in report ? notUnderstoodInWords(report) : notExpressedInWords(report);
}

function notExpressedInWords({ file, prepare, notExpressed }: ExportReport): string[] {
  return [
    `For Splink: ${file}${prepare === undefined ? '' : `; it is for rows that ${prepare} has prepared`}`,
    ...notExpressed.map(
      ({ field, level, why }) => `  not the same there: ${field}${level === null ? '' : ` (${level})`}: ${why}`,
    ),
  ];
}

function notUnderstoodInWords({ imported, notUnderstood, blocking }: ImportReport): string[] {
  return [
    ...notUnderstood.map(
      ({ comparison, level, why }) =>
        `${imported}: ${comparison}, level "${level}" is not understood (${why}): it counts as never true`,
    ),
    ...blocking.notUnderstood.map(
      ({ rule, why }) => `${imported}: the blocking rule "${rule}" is not understood (${why})`,
    ),
    ...(blocking.byValues ? ['Pairs were also found by the values they share, as no rule says which.'] : []),
  ];
}
