import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writePrivately, type StateLayout } from './layout.js';
import { StartProblem } from './problem.js';

/** Passwords this hub made for itself, by name (`postgres`, `ingest`, …); kept in `secrets.json`, mode 0600. */
export class Secrets {
  private values: Record<string, string>;

  constructor(private readonly layout: StateLayout) {
    this.values = read(layout.secretsFile);
  }

  has(name: string): boolean {
    return name in this.values;
  }

  /** The secret of that name, made on first use: 192 random bits, safe in URLs. */
  get(name: string): string {
    // Read again: another part of the hub may have made one since.
    this.values = read(this.layout.secretsFile);
    const known = this.values[name];
    if (known !== undefined) return known;
    const made = randomBytes(24).toString('base64url');
    this.values[name] = made;
    writePrivately(this.layout.secretsFile, `${JSON.stringify(this.values, null, 2)}\n`);
    return made;
  }
}

function read(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new StartProblem('state_unreadable', `${file} cannot be read: check who owns it.`, { cause });
  }
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    // No cause: a parser's message quotes the text.
    throw new StartProblem('state_unreadable', `${file} is damaged. Restore it, or start with another HUB_STATE.`);
  }
}
