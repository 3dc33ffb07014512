// Loaded at once: jest cannot link one module that several dynamic imports ask for at a time.
import '#linkage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { inventedPeople } from '../../../../../libs/linkage/src/linking/invented-people.fixture.js';
import { registerLink } from '../register-link.js';

let dir: string;
let told = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-splink-cli-'));
  const names = ['id', 'given_name', 'surname', 'dob', 'postcode', 'email'] as const;
  const { rows } = inventedPeople(60, 3, 51);
  const lines = rows.map((row, at) => ({ ...row, id: `r${at}` })).map((row) => names.map((name) => row[name]).join());
  await writeFile(at('people.csv'), [names.join(), ...lines].join('\n') + '\n');
});
afterAll(() => rm(dir, { recursive: true }));
beforeEach(() => {
  told = '';
});

const at = (name: string): string => join(dir, name);
const file = async (name: string, content: unknown): Promise<string> => {
  await writeFile(at(name), typeof content === 'string' ? content : JSON.stringify(content));
  return at(name);
};
const run = async (out: string, ...args: string[]): Promise<number> => {
  const stderr = new Writable({ write: (chunk, _encoding, done) => ((told += String(chunk)), done()) });
  const program = new Command('mash').exitOverride();
  registerLink(program, { stdout: { write: () => true }, stderr });
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: (text) => (told += text) });
  try {
    await program.parseAsync(['link', at('people.csv'), '--out', at(out), ...args], { from: 'user' });
    return 0;
  } catch (error) {
    told += (error as Error).message;
    return error instanceof CommanderError ? 2 : 1;
  }
};
const json = async (name: string) => JSON.parse(await readFile(at(name), 'utf8')) as Record<string, unknown>;
const pairs = async (out: string): Promise<Map<string, number>> => {
  const lines = (await readFile(join(at(out), 'pairs.csv'), 'utf8')).trim().split('\n').slice(1);
  return new Map(
    lines.map((line) => {
      const [left, right, weight] = line.split(',');
      return [[left, right].sort().join(), Number(weight)];
    }),
  );
};

const level = (sql_condition: string, m: number, u: number) => ({
  sql_condition,
  label_for_charts: sql_condition.slice(0, 20),
  m_probability: m,
  u_probability: u,
});
const missing = (column: string) => ({
  sql_condition: `"${column}_l" IS NULL OR "${column}_r" IS NULL`,
  is_null_level: true,
});
const comparison = (column: string, ...levels: object[]) => ({
  output_column_name: column,
  comparison_levels: [missing(column), ...levels],
});
const SPLINK = {
  link_type: 'dedupe_only',
  unique_id_column_name: 'id',
  probability_two_random_records_match: 0.01,
  blocking_rules_to_generate_predictions: [{ blocking_rule: 'l.postcode = r.postcode', sql_dialect: 'duckdb' }],
  comparisons: [
    comparison('surname', level('surname_l = surname_r', 0.9, 0.01), level('ELSE', 0.1, 0.99)),
    comparison('dob', level('dob_l = dob_r', 0.8, 0.001), level('ELSE', 0.2, 0.999)),
  ],
};

describe('mash link --export-splink', () => {
  it('writes settings beside the results, says what cannot be expressed, and takes them back with the same weights', async () => {
    expect({ code: await run('out', '--export-splink', at('splink.json')), told }).toMatchObject({ code: 0 });
    expect((await readdir(dir)).filter((name) => name.includes('.part') || name.endsWith('.sql'))).toEqual([]);
    const settings = await json('splink.json');
    expect(settings).toMatchObject({ link_type: 'dedupe_only', sql_dialect: 'duckdb', unique_id_column_name: 'id' });
    const { splink } = await json('out/report.json');
    expect(splink).toMatchObject({ file: at('splink.json'), notExpressed: expect.any(Array) });
    expect((splink as { notExpressed: { field: string }[] }).notExpressed.map(({ field }) => field)).toEqual([
      'pairs',
      'cells',
    ]);
    expect(told).toContain('not the same there: pairs');

    expect({ code: await run('back', '--import-splink', at('splink.json'), '--keep', '-30'), told }).toMatchObject({
      code: 0,
    });
    const [ours, again] = [await pairs('out'), await pairs('back')];
    const both = [...ours].filter(([pair]) => again.has(pair));
    expect(both.length).toBeGreaterThan(100);
    // pairs.csv has four digits after the point.
    for (const [pair, weight] of both) expect(Math.abs(again.get(pair)! - weight)).toBeLessThanOrEqual(1.01e-4);
  }, 60_000);

  it('writes SQL that prepares columns where that is asked for, in either dialect', async () => {
    for (const dialect of ['duckdb', 'spark']) {
      const target = `${dialect}.json`;
      const args = ['--export-splink', at(target), '--splink-columns', 'prepared', '--splink-dialect', dialect];
      expect({ code: await run('prepared', ...args), told }).toMatchObject({ code: 0 });
      expect(await readFile(at(`${dialect}.prepare.sql`), 'utf8')).toMatch(/^create or replace .*\{prepared\} as/);
      const { splink } = await json('prepared/report.json');
      expect(splink).toMatchObject({ prepare: at(`${dialect}.prepare.sql`) });
      // An earlier export may be written over.
      expect(await run('prepared', ...args)).toBe(0);
    }
  }, 60_000);

  it('does not write over what is read, results, or a file that is no export', async () => {
    const other = await file('other.json', { mine: true });
    for (const [target, says] of [
      [at('people.csv'), /one of the files of this run/],
      [join(at('out9'), 'report.json'), /one of the files of this run/],
      [other, /no earlier export/],
    ] as const) {
      told = '';
      expect({ code: await run('out9', '--export-splink', target), told }).toMatchObject({
        code: 2,
        told: expect.stringMatching(says),
      });
    }
    expect(await readFile(other, 'utf8')).toBe('{"mine":true}');
  });

  it.each([
    ['an empty one', ''],
    ['a long one', 'n'.repeat(252)],
  ])('refuses before the work a name that no file can have: %s', async (_, name) => {
    expect(await run('out', '--export-splink', name)).toBe(2);
    expect(told).toMatch(/--export-splink needs a file's name/);
  });

  it('leaves nothing behind where the settings cannot be written', async () => {
    expect(await run('out8', '--export-splink', join(at('people.csv'), 'splink.json'))).toBe(2);
    expect(await readdir(at('out8'))).toEqual([]);
  });
});

describe('mash link --import-splink', () => {
  it('links by the file’s levels, weights and blocking rules', async () => {
    const code = await run('imported', '--import-splink', await file('in.json', SPLINK), '--keep', '-100');
    expect({ code, told }).toMatchObject({ code: 0 });
    const report = await json('imported/report.json');
    expect(report).toMatchObject({
      model: null,
      missedByBlocking: null,
      splink: { notUnderstood: [], blocking: { rules: ['l.postcode = r.postcode'], byValues: false } },
    });
    const weights = [...(await pairs('imported')).values()];
    const prior = Math.log2(0.01 / 0.99);
    const [agree, differ] = [Math.log2(0.9 / 0.01), Math.log2(0.1 / 0.99)];
    const [same, other] = [Math.log2(0.8 / 0.001), Math.log2(0.2 / 0.999)];
    const possible = [agree, differ, 0].flatMap((a) => [same, other, 0].map((b) => prior + a + b));
    for (const weight of weights) expect(Math.min(...possible.map((one) => Math.abs(one - weight)))).toBeLessThan(1e-4);
    expect((report as { clusters: { ofSeveral: number } }).clusters.ofSeveral).toBeGreaterThan(30);
  });

  it('names levels and rules it does not understand, and looks for pairs by values then', async () => {
    const strange = {
      ...SPLINK,
      blocking_rules_to_generate_predictions: ['soundex_of(l.surname) = soundex_of(r.surname)'],
      comparisons: [
        ...SPLINK.comparisons,
        comparison('email', level('oddly(email_l, email_r) > 3', 0.9, 0.1), level('ELSE', 0.1, 0.9)),
      ],
    };
    expect({ code: await run('strange', '--import-splink', await file('strange.json', strange)), told }).toMatchObject({
      code: 0,
      told: expect.stringMatching(/the function oddly[^]*the function soundex_of/),
    });
    expect(await json('strange/report.json')).toMatchObject({
      splink: { notUnderstood: [{ comparison: 'email' }], blocking: { rules: [], byValues: true } },
    });
  });

  it('says clearly what it cannot use, and writes nothing', async () => {
    const nothing = {
      ...SPLINK,
      comparisons: [comparison('dob', level('oddly(dob_l, dob_r)', 0.9, 0.1), level('ELSE', 0.1, 0.9))],
    };
    const lacking = { ...SPLINK, comparisons: [comparison('shoe_size', level('shoe_size_l = shoe_size_r', 0.9, 0.1))] };
    const model = await file('model.json', { format: 'mash.linkage-model/1' });
    const settings = await file('settings.json', { comparisons: [{ columns: ['dob'], kind: 'date' }] });
    const good = await file('good.json', SPLINK);
    for (const [name, content, says, ...more] of [
      ['no.json', '{"comparisons": [', /is not JSON/],
      ['array.json', [1, 2], /no Splink settings file/],
      ['empty.json', {}, /no Splink settings file that can be used: there are no "comparisons"/],
      ['level.json', { comparisons: [{ comparison_levels: [{}] }] }, /has no "sql_condition"/],
      ['null.json', { comparisons: [null] }, /has no "comparison_levels"/],
      ['chance.json', { ...SPLINK, probability_two_random_records_match: 2 }, /not between 0 and 1/],
      ['two.json', { ...SPLINK, link_type: 'link_only' }, /for linking two files/],
      ['lacking.json', lacking, /has no column "?shoe_size/],
      ['id.json', { ...SPLINK, unique_id_column_name: 'unique_id' }, /has no column "?unique_id/],
      ['nothing.json', nothing, /none of its conditions can be read/],
      ['good.json', SPLINK, /one run has one model/, '--model', model],
      ['good.json', SPLINK, /says what is compared/, '--settings', settings],
      ['good.json', SPLINK, /come out as it went in/, '--export-splink', at('again.json')],
      ['good.json', SPLINK, /one of the files of this run/, '--out', await asFolder(good)],
    ] as [string, unknown, RegExp, ...string[]][]) {
      told = '';
      const code = await run('refused', '--import-splink', await file(name, content), ...more);
      expect({ name, code, told }).toMatchObject({ code: 2, told: expect.stringMatching(says) });
    }
    expect(await readdir(at('refused')).catch(() => [])).toEqual([]);
  });
});

/** A folder in which the file is called as a result would be. */
async function asFolder(splink: string): Promise<string> {
  const folder = await mkdtemp(join(dir, 'same-'));
  const { symlink } = await import('node:fs/promises');
  await symlink(splink, join(folder, 'report.json'));
  return folder;
}
