import Table from 'cli-table3';
import type { Command } from 'commander';
import { printable, say } from '../telling.js';
import type { CheckedFile } from './check-file.js';
import { checkGiven } from './check-given.js';
import { withFeedOptions, type FeedOptions } from './feed-options.js';

/** `mash feed check`: a file held against the feed, as the hub will. */
export function registerCheck(feed: Command): void {
  withFeedOptions(
    feed.command('check <file>').description('hold a CSV or NDJSON file against the feed, as the hub will'),
  ).action(async (file: string, options: FeedOptions) => {
    const checked = await checkGiven(file, options);
    tellChecked(checked, options.json);
    if (checked.problems.length > 0) process.exitCode = 1;
  });
}

/** What a file holds: counts and a table of problems. */
export function tellChecked(checked: CheckedFile, json?: boolean): void {
  const { lines, lineNumbers: _lineNumbers, ...told } = checked;
  const good = checked.rows - checked.problems.length;
  const table = new Table({
    head: ['line', 'record', 'field', 'problem'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [8, 18, 28, 60],
  });
  for (const { line, recordRef, errors } of [...checked.problems, ...checked.fieldProblems].slice(0, 100))
    for (const error of errors)
      table.push([line, printable(recordRef ?? ''), printable(error.path), printable(error.message)]);
  say(json, { ...told, good: lines.length }, [
    `${checked.rows} rows: ${good} good, ${checked.problems.length} the hub would quarantine, ${checked.fieldProblems.length} with a field it would leave out.`,
    ...(checked.confidentialDropped > 0
      ? [`${checked.confidentialDropped} confidential addresses are left out here and never sent.`]
      : []),
    ...(table.length > 0 ? [table.toString()] : []),
  ]);
}
