import { describe, expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { SendingBar } from './progress-bar.js';
import type { SendingState } from './sending-state.js';

const batch = (acknowledgedAt: string | null) => ({
  batch: 1,
  rows: 40,
  bytes: 2_000_000,
  sha256: '',
  acknowledgedAt,
  lines: [],
});
const state = { rows: 80, batches: [batch('2026-11-24T00:00:00Z'), batch(null)] } as unknown as SendingState;

function drawn(isTTY: boolean, wanted = true): string {
  // what cli-progress asks of a terminal
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120, cursorTo: () => true, clearLine: () => true });
  const bar = new SendingBar(stream, wanted);
  bar.sealed(state);
  bar.acknowledged(state);
  bar.stop();
  return String(stream.read() ?? '');
}

describe('the progress of sending', () => {
  it('on a terminal shows rows and bytes', () => {
    expect(drawn(true)).toContain('40 of 80 rows | 2.0 MB of 4.0 MB');
  });

  it('is not drawn in a pipe, nor where a program reads the output', () => {
    expect(drawn(false)).toBe('');
    expect(drawn(true, false)).toBe('');
  });
});
