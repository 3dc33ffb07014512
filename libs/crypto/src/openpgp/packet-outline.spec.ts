import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NotPackets, packetOutline } from './packet-outline.js';

const outline = (...bytes: number[]) => [...packetOutline(Uint8Array.from(bytes))];

describe('the outline of a packet sequence', () => {
  // Lengths: the examples of RFC 9580 section 4.2.1.5 and 4.2.2.
  it('reads one-octet, two-octet and four-octet lengths of both formats', () => {
    const body = (size: number) => Array<number>(size).fill(0);
    expect(outline(0xc1, 0x64, ...body(100))).toEqual([{ tag: 1, start: 2, size: 100 }]);
    expect(outline(0xc1, 0xc5, 0xfb, ...body(1723))).toEqual([{ tag: 1, start: 3, size: 1723 }]);
    expect(outline(0xc1, 0xff, 0, 0, 0, 2, ...body(2))).toEqual([{ tag: 1, start: 6, size: 2 }]);
    expect(outline(0x84, 2, ...body(2))).toEqual([{ tag: 1, start: 2, size: 2 }]);
    expect(outline(0x85, 0, 2, ...body(2))).toEqual([{ tag: 1, start: 3, size: 2 }]);
    expect(outline(0x86, 0, 0, 0, 2, ...body(2))).toEqual([{ tag: 1, start: 5, size: 2 }]);
    expect(outline(0xa3, ...body(9))).toEqual([{ tag: 8, start: 1, size: 9 }]);
  });

  it('follows partial lengths, in data packets only', () => {
    expect(outline(0xd2, 0xe1, 0, 0, 0xe0, 0, 1, 0, 0xc1, 0)).toEqual([
      { tag: 18, start: 2, size: 4 },
      { tag: 1, start: 10, size: 0 },
    ]);
    expect(() => outline(0xc1, 0xe1, 0, 0, 0)).toThrow(NotPackets);
  });

  it('throws at truncation and at anything that is no packet', () => {
    for (const bytes of [[0xc1], [0xc1, 5, 0], [0xc1, 0xff, 0], [0x00], [0xd2, 0xe1, 0, 0]]) {
      expect(() => outline(...bytes)).toThrow(NotPackets);
    }
  });

  it('covers any bytes or throws NotPackets, and nothing else', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        for (const { start, size } of packetOutline(bytes)) expect(start + size).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(NotPackets);
      }
    });
    fc.assert(property, { seed: 20261102, numRuns: 2000 });
  });
});
