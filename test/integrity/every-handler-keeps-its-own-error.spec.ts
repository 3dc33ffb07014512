import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const apps = fileURLToPath(new URL('../../apps', import.meta.url));

interface HandlerClass {
  name: string;
  decorators: string[];
}

/** Every class of a service that takes messages, with what stands above it. */
function handlerClasses(): HandlerClass[] {
  return readdirSync(apps, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path) && !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(`${apps}/${path}`, 'utf8'))
    .filter((text) => text.includes('@EventPattern('))
    .flatMap((text) =>
      [...text.matchAll(/((?:^@.*\n)*)^export class (\w+)([\s\S]*?)^\}/gm)]
        .filter(([, , , body]) => body!.includes('@EventPattern('))
        .map(([, above, name]) => ({ name: name!, decorators: above!.trim().split('\n') })),
    );
}

describe('a class that handles messages', () => {
  const classes = handlerClasses();

  it('is found in every service that hears of others', () => {
    expect(classes.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'FeedConsumer',
        'RecordsConsumer',
        'SubjectsConsumer',
        'RequestsConsumer',
        'AcksConsumer',
      ]),
    );
  });

  it.each(classes.map(({ name, decorators }) => [name, decorators] as const))(
    '%s is a @Consumer: its own error, not a nameless one, decides on retries and dead letters',
    (_, decorators) => {
      expect(decorators).toEqual(['@Consumer()']);
    },
  );
});
