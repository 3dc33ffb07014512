// npm run bench -- NAME [--json FILE] [--only PART[,PART]] [--no-peer | --peer-only] [--small]
import Table from 'cli-table3';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { disclosure } from './disclosure.js';
import { ingest } from './ingest.js';
import { linkage } from './linkage.js';
import type { BenchOptions, BenchOutcome } from './measure.js';
import { startup } from './startup.js';

const NAMES = ['linkage', 'ingest', 'latency', 'audit', 'disclosure', 'web', 'startup'];
const benches: Record<string, (options: BenchOptions) => Promise<BenchOutcome>> = {
  linkage,
  ingest,
  startup,
  disclosure,
};
const USAGE = `usage: npm run bench -- ${NAMES.join('|')} [--json FILE]
       linkage also: [--only PART[,PART]] [--no-peer | --peer-only] [--small]
       ingest also: [--only opening|rows] [--small]
`;

function usage(why?: string): never {
  process.stderr.write(why ? `${why}\n${USAGE}` : USAGE);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        only: { type: 'string' },
        'no-peer': { type: 'boolean', default: false },
        'peer-only': { type: 'boolean', default: false },
        small: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return usage((error as Error).message);
  }
}

const { values, positionals } = readArguments();
const name = positionals[0] ?? '';
if (!NAMES.includes(name) || (values['no-peer'] && values['peer-only'])) usage();
const notYet = async (): Promise<BenchOutcome> => ({
  results: [],
  skipped: [{ name, why: 'this bench is not written yet' }],
});
const { results, skipped } = await (benches[name] ?? notYet)({
  only: values.only?.split(',') ?? null,
  peer: !values['no-peer'],
  engine: !values['peer-only'],
  small: values.small,
});
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
};
const table = new Table({
  head: ['figure', 'value', 'goal', 'held against', 'ratio', 'runs'],
  style: { head: [], border: [] },
});
for (const one of results)
  table.push([
    one.name,
    `${one.value} ${one.unit}`,
    one.goal === null ? '' : `${one.goal} ${one.ok ? '✓' : '✗'}`,
    one.reference ? `${one.reference.what}: ${one.reference.value}` : '',
    one.ratio?.toFixed(2) ?? '',
    one.runs,
  ]);
if (results.length > 0) process.stdout.write(`${table.toString()}\n`);
for (const { name: what, why } of skipped) process.stdout.write(`${what}: ${why}\n`);
if (values.json) await writeFile(values.json, `${JSON.stringify({ machine, results, skipped }, null, 2)}\n`);
process.exit(0);
