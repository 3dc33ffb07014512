import type { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../telling.js';
import { sealFile, withSealOptions, type SealOptions } from './seal-file.js';

/** `mash feed seal`: sealed batches as files. */
export function registerSeal(feed: Command): void {
  withSealOptions(feed.command('seal <file>').description('seal a file into encrypted, signed batches'))
    .requiredOption('--out <folder>', 'where the sealed batches go')
    .action(async (file: string, options: SealOptions & { out: string }) => {
      const { sealed } = await sealFile(file, options);
      await mkdir(options.out, { recursive: true });
      const name = (batch: number) => `${sealed.feed}-${sealed.submission}-${batch}.pgp`;
      for (const { batch, message } of sealed.batches) await writeFile(join(options.out, name(batch)), message);
      say(options.json, { submission: sealed.submission, batches: sealed.batches.length, rows: sealed.rows }, [
        `Sealed ${sealed.rows} rows in ${sealed.batches.length} batches into ${options.out}.`,
      ]);
    });
}
