import type { link } from '#linkage';
import { type Command, Option } from 'commander';
import { explainInstead } from './explaining/explain-instead.js';
import { registerExplaining } from './explaining/register-explaining.js';
import { printable } from '../telling.js';
import { LinkError } from './link-error.js';
import { CLEARED } from './progress-line.js';
import { bitsOrAuto, number, wholeNumber, type LinkFlags } from './settings/flags.js';

/** Where the command prints; the process's own streams by default. */
export interface Output {
  stdout: { write(text: string): unknown };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
}

/**
 * Adds `mash link`. What does the work is loaded only when the command runs: `--help` and the other commands start no slower for it.
 * @param engine for tests of what happens when linking fails
 */
export function registerLink(program: Command, output: Output = process, engine?: typeof link): void {
  const command = program
    .command('link')
    .description('find the records of one person in a CSV file, or across two')
    .argument('<left>', 'a CSV file, UTF-8, columns named in its first line')
    .argument('[right]', 'a second file: records of the first are linked to records of this')
    .requiredOption('--out <dir>', 'the folder for pairs.csv, clusters.csv and report.json')
    .option('--settings <file>', 'what to compare, and how (JSON); columns are recognised without it')
    .option('--truth <file>', 'a CSV of two id columns, one true pair a line: says how good the answer is')
    .option('--threshold <bits>', 'link from this match weight on (default: chosen from the data)', bitsOrAuto)
    .option('--keep <bits>', 'pairs.csv holds pairs from this match weight on', number(-1000, 1000), -5)
    .option('--fast', 'less accurate, in less time')
    .option('--threads <n>', '0: as many as there are cores', wholeNumber(0, 256))
    .option('--seed <n>', 'the same seed gives the same answer', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--decisions <file>', 'a CSV left_id,right_id,decision of pairs that people have decided: "link" or "not"')
    .option('--model <file>', 'score with the model of an earlier report.json instead of learning one')
    .option(
      '--previous <file>',
      'the clusters.csv of an earlier run: its groups fall apart less readily than they form',
    )
    .option('--one-to-one', 'of two files: each record has at most one partner')
    .option('--export-splink <file>', 'also write the model as a settings file that Splink 5 loads')
    .addOption(
      new Option('--splink-dialect <name>', 'with --export-splink: what Splink is to run on')
        .choices(['duckdb', 'spark'])
        .default('duckdb'),
    )
    .addOption(
      new Option(
        '--splink-columns <which>',
        'with --export-splink: settings for the file as it is, or (faster, and exact for addresses and further names) for rows that the .prepare.sql beside them has prepared',
      )
        .choices(['raw', 'prepared'])
        .default('raw'),
    )
    .option('--import-splink <file>', 'link with a Splink settings file: its levels, weights and blocking rules')
    .option('--json', 'print the report as JSON')
    .action(async (left: string | undefined, right: string | undefined, flags: LinkFlags, command: Command) => {
      try {
        const files = [left, right].filter((file) => file !== undefined);
        if (await explainInstead(files, flags, output)) return;
        await act(files, flags, output, engine);
      } catch (error) {
        if (!(error instanceof LinkError)) throw error;
        if (error.code === 'usage') command.error(`error: ${error.message}`, { exitCode: 2 });
        throw new Error(error.message, { cause: error });
      }
    });
  registerExplaining(command);
}

async function act(files: string[], flags: LinkFlags, output: Output, engine?: typeof link): Promise<void> {
  const [
    linkage,
    { runLink },
    { progressOn },
    { recognisedInWords },
    { nameSenseOf },
    { summaryOf },
    { splinkInWords },
  ] = await Promise.all([
    import('#linkage'),
    import('./run-link.js'),
    import('./progress.js'),
    import('./recognising/in-words.js'),
    import('./recognising/name-sense.js'),
    import('./summary.js'),
    import('./exchanging/reports.js'),
  ]);
  const progress = await progressOn(output.stderr);
  try {
    const report = await runLink({
      files,
      flags,
      engine: engine ?? linkage.link,
      nameSense: nameSenseOf(new linkage.NameFrequencies()),
      progress,
      onRecognised: (recognised, read) =>
        output.stderr.write(`${output.stderr.isTTY ? CLEARED : ''}${recognisedInWords(recognised, read).join('\n')}\n`),
    });
    progress.stop();
    if (report.splink !== undefined)
      output.stderr.write(
        splinkInWords(report.splink)
          .map((line) => `${printable(line)}\n`)
          .join(''),
      );
    output.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : `${summaryOf(report, flags.out).join('\n')}\n`);
  } finally {
    progress.stop();
  }
}
