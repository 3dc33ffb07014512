import { benchPolicy } from '#policy';
import { median, type BenchOutcome } from './measure.js';

/** Item decisions a second on one core. Packs are measured by the issue that deepens disclosure. */
export async function disclosure(): Promise<BenchOutcome> {
  benchPolicy(100_000);
  const rates = Array.from({ length: 5 }, () => benchPolicy(500_000));
  const value = Math.round(median(rates));
  return {
    results: [
      {
        name: 'policy decisions',
        value,
        unit: 'items/s',
        goal: 200_000,
        ok: value >= 200_000,
        reference: null,
        ratio: null,
        runs: rates.length,
      },
    ],
    skipped: [{ name: 'packs', why: 'this bench is not written yet' }],
  };
}
