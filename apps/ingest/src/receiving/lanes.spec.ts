import { describe, expect, it } from '@jest/globals';
import { Lanes } from './lanes.js';

const MB = 1024 * 1024;
const tick = () => new Promise((resolve) => setImmediate(resolve));

/** Acts that end when told, and the order in which they began. */
function played() {
  const lanes = new Lanes();
  const began: string[] = [];
  const doors: (() => void)[] = [];
  const enter = (agency: string, bytes: number) =>
    lanes
      .take(agency, bytes, async () => {
        began.push(agency);
        await new Promise<void>((go) => doors.push(go));
        if (agency === 'fails') throw new Error('failed');
      })
      .catch(() => undefined);
  const endOne = async () => {
    doors.shift()?.();
    await tick();
  };
  return { began, doors, enter, endOne };
}

describe('lanes', () => {
  it('take agencies in turn: one message waits behind one of each other, not behind a flood', async () => {
    const { began, enter, endOne } = played();
    for (let n = 0; n < 20; n++) void enter('flood', 1000);
    void enter('a', 1000);
    void enter('b', 1000);
    await tick();
    expect(began).toEqual(['flood', 'flood', 'flood', 'flood']);
    for (let n = 0; n < 4; n++) await endOne();
    expect(began.slice(4)).toEqual(['flood', 'a', 'b', 'flood']);
  });

  it('open large messages one at a time, whoever sent them, while small ones go on', async () => {
    const { began, enter, endOne } = played();
    for (const agency of ['a', 'a', 'b']) void enter(agency, 50 * MB);
    void enter('c', 1000);
    await tick();
    expect(began).toEqual(['a', 'c']);
    await endOne();
    await endOne();
    expect(began).toEqual(['a', 'c', 'a']);
  });

  it('are free again after a failure, and leave nothing behind', async () => {
    const { began, doors, enter, endOne } = played();
    const all = ['fails', 'fails', 'fails', 'fails', 'fails', 'a'].map((agency) => enter(agency, 1));
    await tick();
    while (doors.length > 0) await endOne();
    await Promise.all(all);
    expect(began).toHaveLength(6);
    void enter('last', 1);
    await tick();
    expect(began.at(-1)).toBe('last');
  });
});
