import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('lets so many in at a time for each name, and the rest in order, also after a failure', async () => {
    const turns = new Turns(2);
    const log: string[] = [];
    const doors: (() => void)[] = [];
    const act = (name: string) => async () => {
      log.push(name);
      await new Promise<void>((go) => doors.push(go));
      if (name === 'a1') throw new Error('failed');
    };
    const all = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => turns.take(name[0]!, act(name)).catch(() => undefined));
    await tick();
    expect(log).toEqual(['a1', 'a2', 'b1']);
    doors.shift()!();
    await tick();
    expect(log).toEqual(['a1', 'a2', 'b1', 'a3']);
    while (doors.length > 0) {
      doors.shift()!();
      await tick();
    }
    await Promise.all(all);
    expect(log).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
    expect(await turns.take('a', async () => 'still open')).toBe('still open');
  });
});
