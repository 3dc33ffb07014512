import type { Command } from 'commander';
import { registerCheck } from './checking/register-check.js';
import { registerReceipts } from './receipts/register-receipts.js';
import { registerSeal } from './sealing/register-seal.js';
import { registerSend } from './sending/register-send.js';
import { registerWatch } from './watching/register-watch.js';

export { fetchReceipts } from './receipts/fetch-receipts.js';
export { send } from './sending/send.js';

/** `mash feed …`: one file a subcommand, in the folder of its step. */
export function registerFeed(program: Command): void {
  const feed = program.command('feed').description('check, seal and send data; read receipts');
  for (const register of [registerCheck, registerSeal, registerSend, registerWatch, registerReceipts]) register(feed);
}
