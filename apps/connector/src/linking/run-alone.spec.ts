import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runLinkAlone } from './run-alone.js';

let told = '';
beforeEach(() => {
  told = '';
  const keep = (text: unknown) => ((told += String(text)), true);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('mash link by itself', () => {
  it.each([
    [['link', '--help'], 0, /Usage: mash link/],
    [['link'], 2, /missing required argument 'left'/],
    [['link', 'a.csv'], 2, /required option '--out <dir>'/],
    [['link', 'a.csv', '--out', 'o', '--quick'], 2, /unknown option/],
    [['link', 'gone.csv', '--out', 'gone', '--settings', 'gone.json'], 2, /gone\.json: there is no such file/],
  ])('%j ends with %d', async (args, code, message) => {
    expect(await runLinkAlone(args)).toBe(code);
    expect(told).toMatch(message);
  });
});
