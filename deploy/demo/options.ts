import { parseArgs } from 'node:util';

/** What the demo was asked for. */
export interface DemoOptions {
  once: boolean;
  json: string | null;
  people: number;
  seed: number;
}

const USAGE = 'npm run demo -- [--once] [--json FILE] [--people N] [--seed S]';

/** @throws Error with one line of usage */
export function readOptions(args: string[]): DemoOptions {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        once: { type: 'boolean' },
        json: { type: 'string' },
        people: { type: 'string' },
        seed: { type: 'string' },
      },
    }));
  } catch {
    throw new Error(`I do not know one of these options. Use: ${USAGE}`);
  }
  const people = whole(values.people ?? '20000', 'people', 1_000, 1_000_000);
  const seed = whole(values.seed ?? '8', 'seed', 0, 2 ** 31);
  return { once: values.once ?? false, json: values.json ?? null, people, seed };
}

function whole(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} is a whole number from ${least} to ${most}. Use: ${USAGE}`);
  return value;
}
