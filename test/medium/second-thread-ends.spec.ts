import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const helper = fileURLToPath(new URL('../../dist/libs/linkage/src/threads/helper.js', import.meta.url));
const task = `{ do: 'blocks', rules: [], rows: 1, cap: 1 }`;

describe('a second thread that has ended', () => {
  it('leaves nobody waiting, whether they asked before or after, and no rejection that nobody handles', () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { Helper } = await import(${JSON.stringify(helper)});
         const helper = new Helper(2);
         void helper.perform(${task});
         await helper.end();
         await new Promise((resolve) => setTimeout(resolve, 100));
         await helper.perform(${task}).catch(({ message }) => console.log(message));`,
      ],
      { encoding: 'utf8', timeout: 20_000 },
    );
    expect({ stdout, stderr, status }).toEqual({
      stdout: 'the second thread ended early; try again with --threads 1\n',
      stderr: '',
      status: 0,
    });
  });
});
