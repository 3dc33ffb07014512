import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JoinHeap } from './join-heap.js';

describe('the heap of joins', () => {
  it('gives the best first, equal ones by their rows, whatever the order they came in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.nat(30), fc.nat(30)), { maxLength: 3000, size: 'max' }),
        (joins) => {
          const heap = new JoinHeap();
          for (const [mean, x, y] of joins) heap.push(mean, x, y, x * 2, y * 2);
          const taken: number[][] = [];
          while (heap.pop()) {
            expect([heap.versionA, heap.versionB]).toEqual([heap.a * 2, heap.b * 2]);
            taken.push([heap.mean, heap.a, heap.b]);
          }
          const wanted = joins
            .map(([mean, x, y]) => [mean, Math.min(x, y), Math.max(x, y)])
            .sort((p, q) => q[0]! - p[0]! || p[1]! - q[1]! || p[2]! - q[2]!);
          expect(taken).toEqual(wanted);
        },
      ),
      { seed: 83, numRuns: 30 },
    );
  });
});
