import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Table from 'cli-table3';
import { writeFileSync } from 'node:fs';
import type { Receipt } from '#contracts';
import { correctionsCsv } from '../../apps/connector/src/receipts/corrections.js';
import { CORPUS, type Hostile } from './hostile-feeds/corpus.js';
import { aRow, ENTRANCES, Laboratory, type Entrance, type Fate } from './hostile-feeds/laboratory.js';

// Everything the issue names as bad input, by both entrances of a real hub. Each must get its code, leave nothing behind, stay within
// memory, and not stand in the way of the next good batch. The table of results is printed at the end (MASH_CORPUS_TABLE: also to a file).

const MEMORY_MB = 512;
let lab: Laboratory;
const results = new Map<string, Partial<Record<Entrance, string>> & { memory: number; next: string }>();

beforeAll(async () => {
  lab = await Laboratory.open();
}, 180_000);

afterAll(async () => {
  await lab?.close();
  if (results.size > 0) tell();
}, 60_000);

function tell(): void {
  const table = new Table({
    head: ['sent', 'Kafka', 'HTTPS', 'memory', 'next batch'],
    style: { head: [], border: [] },
  });
  for (const [name, { kafka, https, memory, next }] of results)
    table.push([name, kafka ?? '', https ?? '', `${memory} MB`, next]);
  process.stderr.write(`${table.toString()}\n`);
  const file = process.env['MASH_CORPUS_TABLE'];
  if (file) writeFileSync(file, `${table.toString()}\n`);
}

async function sendAll(hostile: Hostile, entrance: Entrance): Promise<{ fates: Fate[]; expected: string[] }> {
  const expected = [...hostile.outcomes, hostile.orElse?.[entrance] ?? []].flat();
  const fates: Fate[] = [];
  for (const message of await hostile.messages(lab, entrance)) {
    fates.push(await lab.send(entrance, message));
    if (hostile.again === undefined) continue;
    await lab.receipt(fates.at(-1)!.receipt!);
    const before = await lab.stored();
    fates.push(await lab.resend(entrance, message, hostile.again));
    expected.push('first receipt again');
    expect(await lab.stored()).toEqual(before);
  }
  return { fates, expected };
}

async function expectReceipt(hostile: Hostile, { outcome, receipt }: Fate): Promise<void> {
  if (receipt === null) return;
  const opened = await lab.receipt(receipt);
  if (outcome === 'partly') expect(codesOf(opened)).toContain(hostile.rowCode);
  else if (opened.status === 'rejected') expect(opened.reason).toBe(outcome);
}

const codesOf = ({ quarantined }: Receipt) => quarantined.flatMap(({ errors }) => errors.map(({ code }) => code));

describe.each(ENTRANCES)('over %s', (entrance) => {
  it.each(CORPUS)(
    '$name: the right code, nothing left behind, the next batch taken',
    async (hostile) => {
      lab.highestMemory();
      const before = await lab.stored();
      const { fates, expected } = await sendAll(hostile, entrance);
      const told = [...new Set(fates.map(({ outcome }) => outcome))];
      const next = await lab.send(entrance, await lab.good());
      const memory = lab.highestMemory();
      const known = results.get(hostile.name);
      results.set(hostile.name, {
        ...known,
        [entrance]: told.join(', '),
        memory: Math.max(memory, known?.memory ?? 0),
        next: next.outcome,
      });
      for (const { outcome } of fates) expect(expected).toContain(outcome);
      await expectReceipt(hostile, fates.at(-1)!);
      expect(next.outcome).toBe('accepted');
      if (!hostile.outcomes.some((outcome) => ['accepted', 'partly', 'replayed'].includes(outcome))) {
        const { quality, ...after } = await lab.stored();
        const { quality: qualityBefore, ...earlier } = before;
        expect(after).toEqual({
          ...earlier,
          records: earlier['records']! + 1,
          submissions: earlier['submissions']! + 1,
          keys: earlier['keys']! + 1,
        });
        expect(quality).toBeGreaterThan(qualityBefore!);
      }
      expect(memory).toBeLessThan(MEMORY_MB);
    },
    120_000,
  );
});

describe('formulas in what an agency sends', () => {
  it('are taken as text, and do not run in the CSV that goes back to it', async () => {
    const formula = '=HYPERLINK("http://example.invalid","x")';
    const rows = [aRow(formula, { balance: 'much' }), aRow('@SUM(A1)', { balance: '+1' })];
    const { outcome, receipt } = await lab.send('https', await lab.seal(lab.payload({ rows })));
    expect(outcome).toBe('partly');
    const opened = await lab.receipt(receipt!);
    expect(opened.quarantined.map(({ recordRef }) => recordRef)).toEqual([formula, '@SUM(A1)']);
    const cells = correctionsCsv([opened]).split('\n').slice(1).join('\n');
    expect(cells).toContain('HYPERLINK');
    expect(cells).not.toMatch(/(^|,)"?[=+@-]/m);
    results.set('formula injection', {
      kafka: 'taken as text',
      https: 'taken as text',
      memory: lab.highestMemory(),
      next: 'accepted',
    });
  }, 60_000);
});
