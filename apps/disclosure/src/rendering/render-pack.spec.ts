import { beforeAll, describe, expect, it } from '@jest/globals';
import { AGENCIES } from '#contracts';
import { execFileSync, spawnSync } from 'node:child_process';
import { renderPack } from './render-pack.js';
import { maracPack, reviewPack } from './sample-packs.fixture.js';
import { faces } from './text/fonts.js';

const names = new Map(AGENCIES.map(({ id, name }) => [id, name]));
const hasTools = spawnSync('pdftotext', ['-v']).error === undefined;
const withTools = hasTools ? it : it.skip;
const withFont = hasTools && faces().embedded ? it : it.skip;
const textOf = (pdf: Buffer) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString('utf8');
const pagesOf = (pdf: Buffer) =>
  textOf(pdf)
    .split('\f')
    .filter((page) => page.trim() !== '');
let marac: Buffer;
let review: Buffer;

beforeAll(async () => {
  marac = await renderPack(maracPack, names);
  review = await renderPack(reviewPack, names);
});

describe('a pack as a document', () => {
  it('is a PDF that carries the pack’s id and nobody’s name in its metadata', () => {
    const raw = marac.toString('latin1');
    expect(raw.startsWith('%PDF-1.7')).toBe(true);
    expect(raw).not.toMatch(/Sample|Mary|Mark/);
  });

  withTools('has marking, recipient, pack id and page number on every page', () => {
    const pages = pagesOf(marac);
    pages.forEach((page, i) => {
      expect(page.match(/OFFICIAL-SENSITIVE/g)).toHaveLength(2);
      expect(page).toContain('Do not forward. Issued to Ashfield District Council only.');
      expect(page).toContain(maracPack.id);
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
    });
  });

  withTools('puts safety before people, people before what agencies know, and ends with what was not shared', () => {
    const text = pagesOf(marac).slice(1).join('\n');
    const order = [
      'Case C-2026-014',
      'BEFORE ANYONE MAKES CONTACT',
      'Leave no message',
      'People',
      'What agencies know',
      'Mansfield',
      'What was not shared',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  withTools('says contact nobody where no safe contact was shared', async () => {
    const [{ safeContact: _, ...bare }] = maracPack.cases as [(typeof maracPack.cases)[number]];
    const text = textOf(await renderPack({ ...maracPack, cases: [bare] }, names)).replace(/\s+/g, ' ');
    expect(text).toContain('Do not contact the victim before asking the MARAC coordinator');
  });

  withTools('keeps every letter of a name of two hundred', () => {
    const squeezed = textOf(marac).replace(/\s+/g, '');
    expect(squeezed).toContain('Wolfeschlegelsteinhausen'.repeat(8));
  });

  withFont('sets other scripts, and marks and explains a character its font lacks', () => {
    const text = textOf(marac);
    expect(text).toMatch(/Brzęczyszczykiewicz|Δημητρίου/);
    expect(text).toContain('\u25a1');
    expect(text).toContain('A box (or ?) is a character this document cannot show');
    expect(textOf(review)).not.toContain('A box (or ?)');
  });

  withTools('draws a chronology with a band for each year, question marks and long silences', () => {
    const text = textOf(review);
    expect(text).toMatch(/May 2024 \?/);
    expect(text).toMatch(/2025\s+·\s+no event for 10 months before this/);
    expect(text.match(/What happened/g)!.length).toBeGreaterThan(1);
  });

  it('of no case at all is still a document', async () => {
    expect((await renderPack({ ...maracPack, cases: [] }, names)).length).toBeGreaterThan(1000);
  });
});
