import { describe, expect, it } from '@jest/globals';
import { guessColumns, type FeedMapping, type FeedName } from '#contracts';
import { checkTable } from './checked-table.js';
import { readTable } from './csv-table.js';
import { cellsToShow } from './own-cells.js';

async function checked(feed: FeedName, text: string, mode: 'full' | 'delta' = 'full', onProgress?: () => boolean) {
  const table = readTable(new TextEncoder().encode(text));
  const guessed = guessColumns(feed, table.headings, table.profiles, table.rows.length);
  const mapping: FeedMapping = { columns: Object.fromEntries(guessed.columns.map(({ column, to }) => [column, to])) };
  return checkTable(feed, table, mapping, mode, onProgress);
}

const HEAD = 'Reference,Surname,Forenames,Date of Birth,NHS Number,Address 1,Postcode,Balance,Confidential';

describe('checking a file in the browser', () => {
  it('says row by row what the hub will refuse and which fields it will leave out', async () => {
    const found = await checked(
      'arrears',
      `${HEAD}\nA1,Sample,Ada,14/03/1981,,1 Made Up Road,NG17 1AA,5,\nA2,Sample,Bo,29/13/1981,,,,5,\nA3,Sample,Cy,30/01/1980,1234567890,,,5,\n,Sample,Di,30/01/1980,,,,5,\n`,
    );
    expect(found).toMatchObject({ rows: 4, good: 2, confidentialDropped: 0, keptBack: 0 });
    expect(found!.problems.map(({ line, errors }) => [line, errors[0]!.path])).toEqual([
      [3, 'person.dateOfBirth'],
      [5, 'recordRef'],
    ]);
    expect(found!.fieldProblems.map(({ line, errors }) => [line, errors[0]!.path])).toEqual([[4, 'person.nhsNumber']]);
  });

  it('sends refused rows too, so that their last good version stands and the receipt speaks of them', async () => {
    const found = await checked('arrears', `${HEAD}\nA1,Sample,Ada,29/13/1981,,,,5,\nA2,Sample,Bo,,,,,5,\n`);
    expect(found!.indexes).toEqual([0, 1]);
    expect(found!.lines).toHaveLength(2);
  });

  it('drops confidential addresses before anything else and counts them; the row goes without', async () => {
    const found = await checked('arrears', `${HEAD}\nA1,Sample,Ada,14/03/1981,,44 Hidden Mews,NG17 5EE,5,yes\n`);
    expect(found).toMatchObject({ confidentialDropped: 1, good: 1 });
    expect(found!.lines.join()).not.toMatch(/Hidden|NG17/);
    const table = readTable(
      new TextEncoder().encode(`${HEAD}\nA1,Sample,Ada,14/03/1981,,44 Hidden Mews,NG17 5EE,5,yes\n`),
    );
    const mapping = {
      columns: { Reference: ['recordRef'], 'Address 1': ['person.addresses.0.lines.0'], Surname: ['person.surname'] },
    };
    expect(cellsToShow(table, mapping, found!, 0).filter(Boolean)).toEqual(['A1', 'Sample']);
  });

  it('keeps a row back whole where something confidential cannot be taken out', async () => {
    const table = readTable(
      new TextEncoder().encode('Ref,Surname,Notes\nA1,Sample,"{""lines"":[""The refuge""],""confidential"":true}"\n'),
    );
    const mapping = { columns: { Ref: ['recordRef'], Surname: ['person.surname'], Notes: ['lossReason'] } };
    const found = await checkTable('homelessness', table, mapping, 'full');
    expect(found!.lines.join()).not.toMatch(/refuge/);
  });

  it('counts the second of two rows with one reference as a problem', async () => {
    const found = await checked('arrears', `${HEAD}\nA1,Sample,Ada,,,,,5,\nA1,Sample,Bo,,,,,5,\n`);
    expect(found).toMatchObject({ good: 1 });
    expect(found!.problems[0]!.errors[0]!.code).toBe('duplicate_ref');
  });

  it('gives up when the page has something newer to check', async () => {
    const rows = Array.from({ length: 1_200 }, (_, i) => `A${i},Sample,Ada,,,,,5,`).join('\n');
    expect(await checked('arrears', `${HEAD}\n${rows}`, 'full', () => false)).toBeNull();
  });
});
