// npm run bench -- NAME [--json FILE]
import Table from 'cli-table3';
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { disclosure } from './disclosure.js';
import type { BenchOutcome } from './measure.js';
import { startup } from './startup.js';

const NAMES = ['linkage', 'ingest', 'latency', 'audit', 'disclosure', 'web', 'startup'];
const benches: Record<string, () => Promise<BenchOutcome>> = { startup, disclosure };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const name = positionals[0] ?? '';
if (!NAMES.includes(name)) {
  process.stderr.write(`usage: npm run bench -- ${NAMES.join('|')} [--json FILE]\n`);
  process.exit(2);
}
const notYet = async (): Promise<BenchOutcome> => ({
  results: [],
  skipped: [{ name, why: 'this bench is not written yet' }],
});
const { results, skipped } = await (benches[name] ?? notYet)();
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
