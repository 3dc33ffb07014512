import type { ComparisonSettings, link, TrainedModel } from '#linkage';
import { availableParallelism } from 'node:os';
import { accuracyOf } from './judging/accuracy.js';
import { readDecisions } from './judging/decisions.js';
import { readPrevious } from './judging/previous.js';
import { readIdPairs, type IdSpace } from './judging/id-pairs.js';
import { fingerprintOf } from './fingerprint.js';
import { refusalInWords } from './engine-refusal.js';
import { LinkError } from './link-error.js';
import type { Progress } from './progress.js';
import { readTable, type TableRead } from './reading/read-table.js';
import { idsFromColumn, idsFromRowNumbers } from './reading/row-ids.js';
import { recognise, type NameSense, type Recognised } from './recognising/recognise.js';
import { sameHeading } from './recognising/same-heading.js';
import { clusterSizes, type LinkReport, type Seconds } from './report.js';
import type { LinkFlags } from './settings/flags.js';
import { readModel } from './settings/model-file.js';
import { checkColumns, linkType, resolveSettings } from './settings/resolve-settings.js';
import { nothingToLink, type Answer } from './nothing-to-link.js';
import { clustersWriter } from './writing/clusters.js';
import { keepInputs } from './writing/keep-inputs.js';
import { pairsWriter } from './writing/pairs.js';
import { prepareFolder, writeTogether } from './writing/result-files.js';

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
  const type = linkType(given, files.length, flags.oneToOne);
  // A model and earlier clusters may give way to those that follow from them.
  const inputs = [...files, flags.settings, flags.truth, flags.decisions].filter((file) => file !== undefined);
  await keepInputs(flags.out, inputs);
  const model = flags.model === undefined ? undefined : await readModel(flags.model);
  await prepareFolder(flags.out);

  const clock = new Clock();
  const read = await readTable(files, {
    onProgress: (done) => progress.show('read', done),
    ...(given?.comparisons ? {} : { sameAs: sameHeading }),
  });
  checkColumns(given ?? {}, read);
  const named = given?.comparisons ?? comparisonsOfModel(model, read);
  const recognised = named && given?.id !== undefined ? null : recognise(read, type, nameSense, given?.id);
  const id = given?.id ?? recognised?.id ?? null;
  if (recognised && !named) onRecognised(recognised, read);
  const settings = resolveSettings(given, flags, type, named ?? recognised!.comparisons);
  const ids =
    id === null
      ? idsFromRowNumbers(read, type)
      : idsFromColumn(
          read,
          read.columns.find(({ name }) => name === id)!,
          type,
        );
  const space: IdSpace = { ids, rows: read.rows, leftRows: type === 'link' ? read.leftRows : read.rows, type };
  const empty = nothingToLink(space, settings);
  const table = read.tableOf(empty ? [] : columnsOf(settings));
  const seconds: Partial<Seconds> = { load: clock.lap() };

  // Before the work, so that a slip in these files costs nobody an hour.
  const decisions = flags.decisions === undefined ? undefined : await readDecisions(flags.decisions, space);
  const previous = flags.previous === undefined ? undefined : await readPrevious(flags.previous, space);
  const truth = flags.truth === undefined ? undefined : await readIdPairs(flags.truth, space);
  clock.pause();
  const result: Answer =
    empty ??
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
      onProgress: (stage, done) => progress.show(stage, done),
    }).catch((error: unknown) => {
      throw refusalInWords(error, model, ids, settings.oneToOne);
    }));
  clock.lap();
  const accuracy = truth && clock.aside(() => accuracyOf(result, truth, space));
  progress.show('write', 0);

  const report = (): LinkReport => ({
    rows: read.files.map(({ rows }) => rows),
    pairsScored: result.pairsScored,
    threshold: empty ? null : result.threshold,
    showThreshold: empty ? null : result.showThreshold,
    seconds: rounded({ ...seconds, ...result.seconds, write: clock.lap(), total: clock.total() } as Seconds),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    threads: settings.threads || availableParallelism(),
    expected: empty ? null : { precision: result.expected.precision, recall: result.expected.recall },
    missedByBlocking: empty ? null : result.expected.missedByBlocking,
    settings: { ...(id !== null && { id }), ...settings },
    ...(recognised && !named && { leftOut: recognised.leftOut }),
    pairs: result.pairs.left.length,
    clusters: clusterSizes(result.clusters),
    ambiguous: result.ambiguous.map((held) => held.map((row) => ids.textOf(row))),
    calibration: result.calibration,
    ...(ids.looksLikeFormula() && { idsLikeFormulas: true }),
    ...(accuracy && { accuracy }),
    model: result.model,
  });
  return write(flags.out, result, space, report);
}

/** @param report made when pairs and clusters are written: it tells how long that took */
async function write(
  folder: string,
  result: Answer,
  { ids, leftRows }: IdSpace,
  report: () => LinkReport,
): Promise<LinkReport> {
  let written: LinkReport | undefined;
  await writeTogether(folder, [
    { name: 'pairs.csv', write: pairsWriter(result.pairs, ids) },
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

function columnsOf({ comparisons, blocking }: LinkReport['settings']): string[] {
  const named = [...comparisons.flatMap(({ columns }) => columns), ...(blocking === 'auto' ? [] : blocking.flat())];
  return [...new Set(named)];
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
