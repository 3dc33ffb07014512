#!/usr/bin/env node
// The `mash` command. The built program is loaded from dist/; without it, say what to run.
import { existsSync } from 'node:fs';

// The Kafka client sets a timer of a negative length on this Node, which is harmless and would read like a failure.
const warn = process.emitWarning.bind(process);
process.emitWarning = (warning, ...rest) => {
  if (rest[0] === 'TimeoutNegativeWarning' || rest[0]?.type === 'TimeoutNegativeWarning') return;
  warn(warning, ...rest);
};

const program = new URL('../../../dist/apps/connector/src/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error('mash: the project is not built yet. Run "npm run setup" in its folder, then try again.');
  process.exit(1);
}
await import(program.href);
