import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { arrears, MatchingWorld, OPERATOR_TOKEN, referral, testina } from '../../../../test/support/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.make();
  await world.send('ashfield', 'arrears', arrears('=HYPERLINK("x")', testina));
  await world.send('police', 'marac-referral', referral('R-1', testina));
});
afterAll(() => world.end());

const rows = async () =>
  parse(await world.process.exporting.export(`Bearer ${OPERATOR_TOKEN}`), { columns: true }) as Record<
    string,
    string
  >[];

describe('the export for judging the matching', () => {
  it.each([undefined, '', 'Bearer ', 'Bearer wrong', OPERATOR_TOKEN])(
    'is refused with %s and reads nothing',
    async (given) => {
      const before = (await world.audit('MatchesExported')).length;
      await expect(world.process.exporting.export(given)).rejects.toMatchObject({ code: 'forbidden' });
      expect(await world.audit('MatchesExported')).toHaveLength(before);
    },
  );

  it('gives the pair by the agencies’ own references, one entry a call', async () => {
    expect(await rows()).toMatchObject([
      {
        subject_agency: 'police',
        subject_feed: 'marac-referral',
        subject_ref: 'R-1',
        agency: 'ashfield',
        feed: 'arrears',
        status: 'proposed',
      },
    ]);
    expect(await world.audit('MatchesExported')).toHaveLength(1);
  });

  it('a reference that a spreadsheet would run is made harmless', async () => {
    expect((await rows())[0]!['record_ref']).toBe(`'=HYPERLINK("x")`);
  });

  it('a weight below zero stays a number', async () => {
    await world.sql('UPDATE matching.match SET weight = -2.5');
    expect((await rows())[0]!['match_weight']).toBe('-2.500');
  });
});
