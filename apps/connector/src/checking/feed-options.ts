import { HubError, isFeedName, type FeedName } from '#contracts';
import type { Command } from 'commander';

/** What every command that reads a file of rows is told. */
export interface FeedOptions {
  feed: string;
  mode: 'full' | 'delta';
  mapping?: string;
  sheet?: string;
  dates?: 'day-first' | 'month-first';
  json?: boolean;
}

/** The options every command that reads a file of rows has. */
export function withFeedOptions(command: Command): Command {
  return command
    .requiredOption(
      '--feed <feed>',
      'the kind of data: housing, arrears, asb, homelessness, dv-service, marac-referral, agency-history',
    )
    .option(
      '--mapping <file>',
      'JSON: column → field (mash feed check --save-mapping); guessed and shown when not given',
    )
    .option('--sheet <name>', 'which sheet of a workbook')
    .option('--dates <order>', 'day-first or month-first, where the columns do not show which')
    .option('--mode <mode>', 'full (replaces what was there) or delta (adds)', 'full')
    .option('--json', 'print the outcome as JSON');
}

/** @throws HubError `usage` where there is no such feed */
export function feedOf(name: string): FeedName {
  if (isFeedName(name)) return name;
  throw new HubError('usage', `"${name}" is no feed. See: mash feed check --help`);
}
