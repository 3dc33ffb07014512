import type { Command } from 'commander';
import { saveMapping } from '../mapping/mapping-file.js';
import { mappingTable } from '../mapping/mapping-table.js';
import { checkFile, type CheckedFile } from './check-file.js';
import { readingOptions } from './check-given.js';
import { feedOf, withFeedOptions, type FeedOptions } from './feed-options.js';
import { ProblemsFile } from './problems-file.js';
import { ProgressBar } from './progress-bar.js';
import { tellChecked } from './tell-checked.js';

export { tellChecked } from './tell-checked.js';

interface CheckCommandOptions extends FeedOptions {
  saveMapping?: string;
  out?: string;
}

const SOME_QUARANTINED = 1;
const NOTHING_ACCEPTED = 3;

/** `mash feed check`: a file held against the feed, as the hub will. Nothing is sent, and no value is shown. */
export function registerCheck(feed: Command): void {
  withFeedOptions(
    feed.command('check <file>').description('hold a CSV, XLSX or NDJSON file against the feed, as the hub will'),
  )
    .option(
      '--save-mapping <file>',
      'write how the columns are read to this file, to edit and give back with --mapping',
    )
    .option('--out <file>', 'write every problem to this CSV file')
    .addHelpText(
      'after',
      '\nEnds with 0 when every row would be accepted, 1 when some would be quarantined, 2 for a mistake of usage, 3 when nothing would be accepted.',
    )
    .action(check);
}

async function check(file: string, options: CheckCommandOptions): Promise<void> {
  const feed = feedOf(options.feed);
  const reading = await readingOptions(options);
  const problems = options.out === undefined ? null : new ProblemsFile(options.out);
  const bar = await ProgressBar.for(file, options.json ?? false);
  let checked: CheckedFile;
  try {
    checked = await checkFile(feed, file, {
      ...reading,
      keepLines: false,
      onShare: bar.at,
      onProblem: (problem) => problems?.add(problem),
      onOpened: async ({ columns, mapping }) => {
        if (options.saveMapping !== undefined && mapping) await saveMapping(feed, options.saveMapping, mapping);
        if (options.json || columns.length === 0) return;
        bar.clear();
        process.stdout.write(`${mappingTable(columns)}\n`);
      },
    });
  } finally {
    bar.end();
    await problems?.close();
  }
  tell(checked, file, options);
  if (checked.accepted === 0) process.exitCode = NOTHING_ACCEPTED;
  else if (checked.quarantined > 0) process.exitCode = SOME_QUARANTINED;
}

function tell(checked: CheckedFile, file: string, options: CheckCommandOptions): void {
  tellChecked(checked, options.json, [
    ...(options.out === undefined ? [] : [`Every problem: ${options.out}`]),
    ...(options.saveMapping === undefined
      ? []
      : [
          checked.columns.length > 0
            ? `How the columns are read: ${options.saveMapping}. Edit it, and give it back with --mapping.`
            : `${file} has no columns to map.`,
        ]),
  ]);
}
