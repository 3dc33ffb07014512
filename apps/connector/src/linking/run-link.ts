import type { ComparisonSettings, link, LinkSettings, LinkStage, SplinkImport, TrainedModel } from '#linkage';
import { availableParallelism } from 'node:os';
import { accuracyOf } from './judging/accuracy.js';
import { readDecisions } from './judging/decisions.js';
import { readPrevious } from './judging/previous.js';
import { readIdPairs, type IdSpace } from './judging/id-pairs.js';
import { checkExport, exportFor } from './exchanging/export-splink.js';
import { linkImported } from './exchanging/link-imported.js';
import { readSplink } from './exchanging/read-splink.js';
import { fingerprintOf } from './fingerprint.js';
import { refusalInWords } from './engine-refusal.js';
import { LinkError } from './link-error.js';
import type { Progress } from './progress.js';
import { readFiles } from './read-files.js';
import type { TableRead } from './reading/read-table.js';
import { idsFromColumn, idsFromRowNumbers } from './reading/row-ids.js';
import { recognise, type NameSense, type Recognised } from './recognising/recognise.js';
import { clusterSizes, type LinkReport, type Seconds } from './report.js';
import type { LinkFlags } from './settings/flags.js';
import { readModel } from './settings/model-file.js';
import { linkType, resolveSettings } from './settings/resolve-settings.js';
import { idColumn, idSetting, withSides } from './settings/sides.js';
import { nothingToLink, type Answer } from './nothing-to-link.js';
import { clustersWriter } from './writing/clusters.js';
import { keepInputs } from './writing/keep-inputs.js';
import { pairsWriter } from './writing/pairs.js';
import { type OutputFile, prepareFolder, writeTogether } from './writing/result-files.js';

export interface LinkJob {
  files: string[];
  flags: LinkFlags;
  engine: typeof link;
  nameSense: NameSense;
  progress: Progress;
  /** Told what columns were taken for, where no settings say it. */
  onRecognised: (recognised: Recognised, read: TableRead) => void;
}

/**
 * The whole of `mash link`: reads, links, judges, writes.
 * @returns what stands in `report.json`
 * @throws LinkError; then nothing was written
 */
export async function runLink({
  files,
  flags,
  engine,
  nameSense,
  progress,
  onRecognised,
}: LinkJob): Promise<LinkReport> {
  const given =
    flags.settings === undefined
      ? null
      : await (await import('./settings/settings-file.js')).readSettings(flags.settings);
  const splink = await readSplink(flags, given, files.length);
  const type = linkType(given, files.length, flags.oneToOne);
  // A model and earlier clusters may give way to those that follow from them.
  const inputs = [...files, flags.settings, flags.truth, flags.decisions, flags.importSplink].filter(
    (file) => file !== undefined,
  );
  await keepInputs(flags.out, inputs);
  const model = flags.model === undefined ? undefined : await readModel(flags.model);
  await prepareFolder(flags.out);
  await checkExport(flags, inputs);

  const clock = new Clock();
  const { read, comparisons } = await readFiles(
    files,
    given,
    nameSense,
    {
      onProgress: (done) => progress.show('read', done),
      ...(flags.threads !== undefined && { threads: flags.threads }),
    },
    splink === null ? [] : [...(given?.id === undefined ? [splink.model.id] : []), ...splink.columns],
  );
  const named = splink ? [] : (comparisons ?? comparisonsOfModel(model, read));
  const idGiven = given?.id ?? splink?.model.id;
  const recognised = named && idGiven !== undefined ? null : recognise(read, type, nameSense, idGiven);
  const id = idGiven ?? recognised?.id ?? null;
  if (recognised && !named) onRecognised(recognised, read);
  const settings = resolveSettings(given, flags, type, named ?? recognised!.comparisons);
  const ids = id === null ? idsFromRowNumbers(read, type) : idsFromColumn(read, idColumn(id, read), type);
  const space: IdSpace = { ids, rows: read.rows, leftRows: type === 'link' ? read.leftRows : read.rows, type };
  const empty = nothingToLink(
    space,
    splink ? { ...settings, comparisons: [{ columns: splink.columns, kind: 'exact' }] } : settings,
  );
  const table = read.tableOf(empty ? [] : splink ? columnsOfSplink(splink, read) : columnsOf(settings));
  const seconds: Partial<Seconds> = { load: clock.lap() };

  // Before the work, so that a slip in these files costs nobody an hour.
  const decisions = flags.decisions === undefined ? undefined : await readDecisions(flags.decisions, space);
  const previous = flags.previous === undefined ? undefined : await readPrevious(flags.previous, space);
  const truth = flags.truth === undefined ? undefined : await readIdPairs(flags.truth, space);
  clock.pause();
  const onProgress = (stage: LinkStage, done: number): void => progress.show(stage, done);
  const imported =
    splink && !empty
      ? linkImported(splink, flags.importSplink!, {
          table,
          space,
          settings,
          keep: flags.keep,
          onProgress,
          ...(decisions && { decisions }),
          ...(previous && { previous }),
        })
      : null;
  const result: Answer =
    empty ??
    imported?.answer ??
    (await engine({
      table,
      leftRows: space.leftRows,
      settings,
      keep: flags.keep,
      fast: flags.fast ?? false,
      seed: flags.seed,
      fingerprint: await fingerprintOf(files),
      ...(decisions && { decisions }),
      ...(model && { model }),
      ...(previous && { previous }),
      onProgress,
    }).catch((error: unknown) => {
      throw refusalInWords(error, model, ids, settings.oneToOne);
    }));
  clock.lap();
  const accuracy = truth && clock.aside(() => accuracyOf(result, truth, space));
  progress.show('write', 0);

  const exported =
    flags.exportSplink === undefined || !result.model
      ? null
      : exportFor(
          flags,
          result.model,
          table,
          settings,
          id === null ? null : idColumn(id, read).name,
          read,
          pairsIn(space),
        );

  const report = (): LinkReport => ({
    rows: read.files.map(({ rows }) => rows),
    pairsScored: result.pairsScored,
    threshold: empty ? null : result.threshold,
    showThreshold: empty ? null : result.showThreshold,
    seconds: rounded({ ...seconds, ...result.seconds, write: clock.lap(), total: clock.total() } as Seconds),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    threads: settings.threads || availableParallelism(),
    expected: empty ? null : { precision: result.expected.precision, recall: result.expected.recall },
    missedByBlocking: empty || imported ? null : result.expected.missedByBlocking,
    settings: {
      ...(id !== null && { id: idSetting(id, read) }),
      ...settings,
      comparisons: withSides(settings.comparisons, read),
    },
    ...(recognised && !named && { leftOut: recognised.leftOut }),
    pairs: result.pairs.left.length,
    clusters: clusterSizes(result.clusters),
    ambiguous: result.ambiguous.map((held) => held.map((row) => ids.textOf(row))),
    calibration: result.calibration,
    ...(ids.looksLikeFormula() && { idsLikeFormulas: true }),
    ...(accuracy && { accuracy }),
    ...(exported && { splink: exported.report }),
    ...(imported && { splink: imported.splink }),
    model: result.model,
  });
  return write(flags.out, result, space, report, exported?.files ?? []);
}

/** @param report made when pairs and clusters are written: it tells how long that took */
async function write(
  folder: string,
  result: Answer,
  { ids, leftRows }: IdSpace,
  report: () => LinkReport,
  also: OutputFile[],
): Promise<LinkReport> {
  let written: LinkReport | undefined;
  await writeTogether(folder, [
    ...also,
    { name: 'pairs.csv', write: pairsWriter(result.pairs, ids, result.clusters) },
    { name: 'clusters.csv', write: clustersWriter(result.clusters, ids, leftRows) },
    {
      name: 'report.json',
      write: (file) => {
        written = report();
        return file.text(`${JSON.stringify(written, null, 2)}\n`);
      },
    },
  ]);
  if (!written) throw new LinkError('failed', 'the report was not written.');
  return written;
}

/** What a model compares, where every file has the columns; else columns are recognised, and may suit it all the same. */
function comparisonsOfModel(model: TrainedModel | undefined, read: TableRead): ComparisonSettings[] | undefined {
  const all = model?.comparisons.flatMap(({ columns }) => columns) ?? [];
  return all.every((column) => read.files.every((_, i) => read.has(column, i))) ? model?.comparisons : undefined;
}

function columnsOf({ comparisons, blocking }: LinkSettings): string[] {
  const named = [...comparisons.flatMap(({ columns }) => columns), ...(blocking === 'auto' ? [] : blocking.flat())];
  return [...new Set(named)];
}

/** What an imported model's levels speak of, and what its blocking rules do where it is there. */
function columnsOfSplink({ columns, blockingColumns }: SplinkImport, read: TableRead): string[] {
  const isThere = (name: string): boolean => read.columns.some((column) => column.name === name);
  return [...columns, ...blockingColumns.filter(isThere)];
}

function pairsIn({ type, rows, leftRows }: IdSpace): number {
  return type === 'link' ? leftRows * (rows - leftRows) : (rows * (rows - 1)) / 2;
}

/** Seconds since the last lap, and in all; what is done aside counts in neither. */
class Clock {
  private last = performance.now();
  private sum = 0;

  lap(): number {
    const seconds = (performance.now() - this.last) / 1000;
    this.sum += seconds;
    this.last = performance.now();
    return seconds;
  }

  /** What happened since the last lap does not count. */
  pause(): void {
    this.last = performance.now();
  }

  aside<T>(act: () => T): T {
    const before = performance.now();
    const result = act();
    this.last += performance.now() - before;
    return result;
  }

  total(): number {
    return this.sum;
  }
}

function rounded(seconds: Seconds): Seconds {
  return Object.fromEntries(
    Object.entries(seconds).map(([stage, value]) => [stage, Math.round(value * 1000) / 1000]),
  ) as unknown as Seconds;
}
