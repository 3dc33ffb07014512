import type { Command } from 'commander';
import { AgencyFolder } from '../agency/agency-folder.js';
import { checkGiven } from '../checking/check-given.js';
import { feedOf, withFeedOptions, type FeedOptions } from '../checking/feed-options.js';
import { refuseNothing } from './nothing-to-send.js';
import { sealSubmission } from './seal-submission.js';

export interface SealOptions extends FeedOptions {
  dir: string;
  empty?: boolean;
}

/** The options of the commands that seal. */
export function withSealOptions(command: Command): Command {
  return withFeedOptions(command)
    .requiredOption('--dir <folder>', "the agency's folder (mash agency init)")
    .option('--empty', 'the file is meant to hold no rows: end all earlier ones of the feed');
}

/** Checks a file and seals what may leave it, bad rows too: the hub's receipt speaks of them. */
export async function sealFile(file: string, options: SealOptions) {
  const folder = await AgencyFolder.open(options.dir);
  const checked = await checkGiven(file, options, true);
  refuseNothing(file, checked, options.mode, options.empty);
  const sealed = await sealSubmission({
    agency: folder.agency,
    feed: feedOf(options.feed),
    mode: options.mode,
    lines: checked.lines,
    extractedAt: new Date(),
    agencyKey: await folder.secretKey(),
    hubKey: await folder.hubKey(),
  });
  return { folder, checked, sealed };
}
