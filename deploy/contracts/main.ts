import { generateContracts } from '#contracts';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

// npm run contracts: writes the JSON Schemas and the AsyncAPI document to docs/contracts; with --check only says what is stale.
const folder = join(process.cwd(), 'docs', 'contracts');
const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, text] of Object.entries(generateContracts())) {
  const file = join(folder, path);
  const now = existsSync(file) ? await readFile(file, 'utf8') : null;
  if (now === text) continue;
  stale.push(path);
  if (check) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
if (check && stale.length > 0) {
  process.stderr.write(
    `Stale in docs/contracts: ${stale.join(', ')}. Run "npm run contracts" and commit what changes.\n`,
  );
  process.exitCode = 1;
} else
  process.stdout.write(
    check ? 'docs/contracts is up to date.\n' : `${stale.length} files written to docs/contracts.\n`,
  );
