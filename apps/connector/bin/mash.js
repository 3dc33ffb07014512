#!/usr/bin/env node
// The `mash` command. The built program is loaded from dist/; without it, say what to run.
import { existsSync } from 'node:fs';

const program = new URL('../../../dist/apps/connector/src/main.js', import.meta.url);
if (!existsSync(program)) {
  console.error('mash: the project is not built yet. Run "npm run setup" in its folder, then try again.');
  process.exit(1);
}
await import(program.href);
