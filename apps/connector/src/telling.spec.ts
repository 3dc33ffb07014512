import { describe, expect, it } from '@jest/globals';
import { printable } from './telling.js';

describe('telling at a terminal', () => {
  it('what a file says cannot command the terminal', () => {
    expect(printable('bal\u001b]0;title\u0007ance\u001b[2J\u009b31m\r')).toBe('bal�]0;title�ance�[2J�31m�');
    expect(printable('abc\u202egnp.exe\u2066')).toBe('abc�gnp.exe�');
  });

  it('names of every tradition stay as they are', () => {
    for (const name of ['Siân O’Neill', 'Нина', '李雷', 'نور', 'a\tb']) expect(printable(name)).toBe(name);
  });
});
