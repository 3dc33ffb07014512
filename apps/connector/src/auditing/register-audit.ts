import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { LedgerError } from '#ledger';
import { AuditError } from './errors.js';
import { exportLog } from './exporting.js';
import { hubAuditAddress } from './hub-address.js';
import { exportedInWords, verifiedInWords } from './outcomes.js';
import { withProgress, type ProgressStream } from './progress.js';
import { proveEntry } from './proving.js';
import { openSource } from './sources.js';
import { readGivenKey } from './trusting.js';
import { verifySource } from './verifying.js';

/** Where the command prints, how it says its exit code, and its environment; the process's own by default. */
export interface AuditStreams {
  stdout: { write(text: string): unknown };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  env: NodeJS.ProcessEnv;
  exit(code: 0 | 1 | 2): void;
}

const PROCESS: AuditStreams = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  // Set, not exited with, so that what is still in the pipe gets written.
  exit: (code) => {
    process.exitCode = code;
  },
};

const KEY = ['--key <vkey>', "the hub's verifier key (or a file with it), as you were told it"] as const;
const URL_OPTION = [
  '--url <url>',
  "the hub's audit address, or an exported folder (default: the hub of HUB_STATE)",
] as const;
const JSON_OPTION = ['--json', 'print the result as JSON'] as const;

interface Options {
  key?: string;
  url?: string;
  since?: string;
  out: string;
  json?: boolean;
}

/** Adds `mash audit verify`, `export` and `prove`. Exit codes: 0 done, 1 not verified or not reachable, 2 usage. */
export function registerAudit(program: Command, streams: AuditStreams = PROCESS): void {
  const audit = program.command('audit').description("the hub's audit log: copy it, check it, prove an entry of it");

  audit
    .command('verify')
    .description('check a whole log: every entry, every hash, the signature; says where each fault is')
    .argument('<dir|url>', 'an exported folder or an audit address')
    .option('--since <checkpoint>', 'a file with an older checkpoint that the log must continue')
    .option(...KEY)
    .option(...JSON_OPTION)
    .action((where: string, options: Options) => run(streams, options, () => verify(streams, where, options)));

  audit
    .command('export')
    .description('copy the log into a folder that can be checked without the hub')
    .requiredOption('--out <dir>', 'the folder to make')
    .option(...URL_OPTION)
    .option(...KEY)
    .option(...JSON_OPTION)
    .action((options: Options) => run(streams, options, () => exportTo(streams, options)));

  audit
    .command('prove')
    .description('print the proof that an entry is in the log (c2sp.org/tlog-proof@v1)')
    .argument('<index>', 'the entry, counted from 0')
    .option(...URL_OPTION)
    .option(...KEY)
    .option(...JSON_OPTION)
    .action((index: string, options: Options) => run(streams, options, () => prove(streams, index, options)));
}

async function verify(streams: AuditStreams, where: string, options: Options): Promise<0 | 1> {
  const vkey = await readGivenKey(options.key);
  const since = options.since === undefined ? undefined : await readSince(options.since);
  const source = await openSource(where);
  const verified = await withProgress(progressOn(streams, options), ['checking'], ([onProgress]) =>
    verifySource(source, { since, vkey, onProgress }),
  );
  const keyGiven = vkey !== undefined;
  print(
    streams,
    options,
    { log: source.name, ...verified, key: keyFrom(keyGiven) },
    verifiedInWords(verified, source.name, keyGiven),
  );
  return verified.ok ? 0 : 1;
}

async function exportTo(streams: AuditStreams, options: Options): Promise<0 | 1> {
  const vkey = await readGivenKey(options.key);
  const source = await openSource(options.url ?? (await hubAuditAddress(streams.env)));
  const exported = await withProgress(
    progressOn(streams, options),
    ['copying ', 'checking'],
    ([onCopied, onVerified]) => exportLog(source, options.out, { vkey, onCopied, onVerified }),
  );
  const keyGiven = vkey !== undefined;
  print(
    streams,
    options,
    { log: source.name, ...exported, key: keyFrom(keyGiven) },
    exportedInWords(exported, keyGiven),
  );
  return exported.ok ? 0 : 1;
}

async function prove(streams: AuditStreams, index: string, options: Options): Promise<0> {
  const number = Number(index);
  if (!/^(0|[1-9]\d*)$/.test(index) || !Number.isSafeInteger(number)) {
    throw new AuditError('usage', `"${index}" is not the number of an entry (they count from 0)`);
  }
  const vkey = await readGivenKey(options.key);
  const source = await openSource(options.url ?? (await hubAuditAddress(streams.env)));
  const proved = await proveEntry(source, number, vkey);
  print(streams, options, { ...proved, key: keyFrom(vkey !== undefined) }, proved.proof);
  return 0;
}

/** Runs a command and turns what it throws into a sentence and an exit code. A fault of ours is thrown on. */
async function run(streams: AuditStreams, { json }: Options, act: () => Promise<0 | 1>): Promise<void> {
  try {
    streams.exit(await act());
  } catch (error) {
    const { code, message } = reasonOf(error);
    if (json) streams.stdout.write(`${JSON.stringify({ ok: false, error: { code, message } })}\n`);
    else streams.stderr.write(`mash: ${message}\n`);
    streams.exit(code === 'usage' ? 2 : 1);
  }
}

function reasonOf(error: unknown): { code: string; message: string } {
  if (error instanceof AuditError || error instanceof LedgerError) return error;
  const { syscall, code, path } = error as NodeJS.ErrnoException;
  if (syscall && code) return { code, message: `${path ?? 'a file'} could not be read or written (${code})` };
  throw error;
}

async function readSince(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new AuditError('usage', `--since: "${file}" cannot be read`, { cause });
  }
}

function print({ stdout }: AuditStreams, { json }: Options, result: object, words: string): void {
  stdout.write(json ? `${JSON.stringify(result)}\n` : words);
}

function keyFrom(given: boolean): 'given' | 'key.vkey' {
  return given ? 'given' : 'key.vkey';
}

function progressOn({ stderr }: AuditStreams, { json }: Options): ProgressStream {
  return { stream: stderr, wanted: !json };
}
