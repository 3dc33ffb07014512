import { SingleBar } from 'cli-progress';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CountySummary } from './county.js';
import { countyParts } from './generate-county.js';
import { writeRecords, type RecordsSummary } from './records/write-records.js';
import { writeCounty, type WriteProgress } from './writing/write-county.js';

/** Where the command prints; the process's own streams by default. */
export interface Output {
  stdout: { write(text: string): unknown };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
}

interface Options {
  people: number;
  records?: number;
  seenOften?: boolean;
  seed: number;
  out: string;
  json?: boolean;
}

/** Adds `mash generate`. A folder that cannot be written rejects (exit code 1); a bad number is a usage error. */
export function registerGenerate(program: Command, output: Output = process): void {
  program
    .command('generate')
    .description(
      'a synthetic county: one file per agency and feed, or flat records; and the truth to judge a matching by',
    )
    .option('--people <n>', 'how many people live there', wholeNumber(1, 5_000_000), 20_000)
    .addOption(
      new Option('--records <n>', 'instead of a county, that many flat records of people in records.csv')
        .argParser(wholeNumber(1, 5_000_000))
        .conflicts('people'),
    )
    .option('--seen-often', 'of the records: everybody two to six times, badly kept')
    .option('--seed <s>', 'the same seed gives the same county', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .requiredOption('--out <dir>', 'the folder to write to')
    .option('--json', 'print the summary as JSON')
    .action(async (options: Options, command: Command) => {
      if (options.seenOften && options.records === undefined)
        command.error('error: --seen-often needs --records', { exitCode: 2, code: 'usage' });
      await (options.records === undefined ? county(options, output) : records(options, options.records, output));
    });
}

async function county({ people, seed, out, json }: Options, output: Output): Promise<void> {
  const progress = progressBar(output, 'county', people);
  try {
    const onProgress = (done: WriteProgress) => progress.show(done.people, done.rows);
    const summary = await writeCounty(countyParts({ people, seed }), out, { onProgress });
    progress.stop();
    output.stdout.write(json ? `${JSON.stringify(summary)}\n` : inWords(summary, out));
  } finally {
    progress.stop();
  }
}

async function records({ seed, seenOften, out, json }: Options, count: number, output: Output): Promise<void> {
  const progress = progressBar(output, 'records', count);
  try {
    const summary = await writeRecords({ records: count, seed, seenOften }, out, (rows) => progress.show(rows, rows));
    progress.stop();
    output.stdout.write(json ? `${JSON.stringify(summary)}\n` : recordsInWords(summary, out));
  } finally {
    progress.stop();
  }
}

function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** A bar on a terminal, nothing in a pipe. */
function progressBar(output: Output, what: string, total: number) {
  if (!output.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const format = `${what} {bar} {percentage}% | {rows} rows | {duration_formatted}`;
  const bar = new SingleBar({ format, stream: output.stderr, clearOnComplete: true, hideCursor: true });
  bar.start(total, 0, { rows: 0 });
  return { show: (done: number, rows: number) => bar.update(done, { rows }), stop: () => bar.stop() };
}

function inWords(summary: CountySummary, out: string): string {
  const rows = Object.entries(summary.rows).map(([feed, count]) => `  ${feed.padEnd(16)}${String(count).padStart(9)}`);
  const agencies = Object.keys(summary.agencies).length;
  return [
    `${summary.people} people in ${summary.households} households, all made up (seed ${summary.seed}), written to ${out}`,
    `${summary.victims} victims: ${summary.knownToService} known to Women's Aid, ${summary.referred} referred to a MARAC`,
    `Rows of ${agencies} agencies, ${summary.bad} of them broken on purpose:`,
    ...rows,
    'truth.csv says who is who; the agencies’ folders hold what each would send.',
    '',
  ].join('\n');
}

function recordsInWords({ records, people, households, twins, pairs, seed }: RecordsSummary, out: string): string {
  return [
    `${records} records of ${people} people in ${households} households, all made up (seed ${seed}), written to ${out}`,
    `${twins} of the people are twins.`,
    `records.csv holds the records; records_links.csv the ${pairs} pairs that are truly one person.`,
    '',
  ].join('\n');
}
