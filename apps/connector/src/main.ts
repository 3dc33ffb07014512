import { runMash } from './mash.js';

const code = await runMash(process.argv.slice(2));
// A command that ended well may have set a code of its own (problems found, a batch refused).
if (code !== 0) process.exitCode = code;
