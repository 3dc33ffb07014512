import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { clearLine, progressOn } from './progress.js';
import { progressLine, STAGES } from './progress-line.js';

const ended = (...stages: (typeof STAGES)[number][]): number =>
  stages.reduce((bits, stage) => bits | (1 << STAGES.indexOf(stage)), 0);

describe('the line that says how far a run is', () => {
  it.each([
    [0, 0, 0, 'reading 0% · 0 s'],
    [0, 456, 1999, 'reading 45% · 1 s'],
    [ended('read'), 1000, 2000, 'linking · 2 s'],
    [ended('read', 'prepare', 'block'), 1000, 9000, 'linking · prepared · candidates found · 9 s'],
    [ended('read', 'prepare', 'block', 'train', 'cluster', 'write'), 1000, 61_000, 'writing · 61 s'],
  ])('stages %i: %i thousandths, %i ms', (stages, read, ms, line) => {
    expect(progressLine(stages, read, ms)).toBe(line);
  });

  it('is left where the terminal takes nothing more', () => {
    expect(() => clearLine(1_000_000)).not.toThrow();
  });

  it('is not written into a pipe', async () => {
    let written = '';
    const stream = new Writable({ write: (chunk, _encoding, done) => ((written += String(chunk)), done()) });
    const progress = await progressOn(stream);
    progress.show('read', 0.5);
    progress.stop();
    expect(written).toBe('');
  });
});
