import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { AGENCIES } from '#contracts';
import { renderPack } from './render-pack.js';
import { maracPack, reviewPack } from './sample-packs.fixture.js';

const names = new Map(AGENCIES.map(({ id, name }) => [id, name]));
const textOf = (pdf: Buffer) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString('utf8');
let marac: Buffer;
let review: Buffer;

beforeAll(async () => {
  marac = await renderPack(maracPack, names);
  review = await renderPack(reviewPack, names);
  if (process.env.PACK_PDF_OUT) {
    writeFileSync(`${process.env.PACK_PDF_OUT}/marac.pdf`, marac);
    writeFileSync(`${process.env.PACK_PDF_OUT}/review.pdf`, review);
  }
});

describe('x', () => {
  it('y', () => {
    expect(textOf(marac)).toContain('OFFICIAL');
  });
});
