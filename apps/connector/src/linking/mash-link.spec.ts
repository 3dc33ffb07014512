import type { link, LinkRequest, LinkResult } from '#linkage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { registerLink } from './register-link.js';

let dir: string;
let printed = '';
let told = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-link-'));
});
afterAll(() => rm(dir, { recursive: true }));
beforeEach(() => {
  [printed, told] = ['', ''];
});

/** Stands in for the engine: rows that say the same in every column are one person. */
const asked: LinkRequest[] = [];
const plainEngine = ((request: LinkRequest): Promise<LinkResult> => {
  asked.push(request);
  const { table, leftRows, settings } = request;
  const first = new Map<string, number>();
  const clusters = Uint32Array.from({ length: table.rows }, (_, row) => {
    const key = table.columns.map(({ codes }) => codes[row]).join();
    if (!first.has(key)) first.set(key, row);
    return first.get(key)!;
  });
  const pairs = [...clusters.keys()].filter(
    (row) => clusters[row] !== row && (settings.type === 'dedupe' || row >= leftRows),
  );
  return Promise.resolve({
    pairs: {
      left: Uint32Array.from(pairs, (row) => clusters[row]!),
      right: Uint32Array.from(pairs),
      weight: Float32Array.from(pairs, () => 10),
    },
    clusters,
    threshold: settings.threshold === 'auto' ? 4 : settings.threshold,
    showThreshold: 0,
    pairsScored: pairs.length,
    expected: { precision: 0.99, recall: 0.9, missedByBlocking: 0.01 },
    model: { format: 'mash.linkage-model/1' } as LinkResult['model'],
    seconds: { prepare: 0, block: 0, train: 0, score: 0, cluster: 0 },
    ambiguous: [],
    calibration: null,
  });
}) satisfies typeof link;

const at = (name: string) => join(dir, name);
const file = async (name: string, content: string) => {
  await writeFile(at(name), content);
  return at(name);
};
/** Runs the command. @returns the exit code that the command line would end with */
const mashLink = async (args: string[], engine: typeof link = plainEngine): Promise<number> => {
  const stderr = new Writable({ write: (chunk, _encoding, done) => ((told += String(chunk)), done()) });
  const program = new Command('mash').exitOverride().configureOutput({ writeErr: (text) => (told += text) });
  registerLink(program, { stdout: { write: (text) => (printed += text) }, stderr }, engine);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: (text) => (told += text) });
  try {
    await program.parseAsync(['link', ...args], { from: 'user' });
    return 0;
  } catch (error) {
    told += (error as Error).message;
    return error instanceof CommanderError ? 2 : 1;
  }
};
const people =
  'rec_id,first_name,surname,dob\nr1,Ann,Invented,1980-01-02\nr2,Bob,Made-Up,1975-05-06\nr3,Ann,Invented,1980-01-02\n';
const output = (name: string) => readFile(join(dir, 'out', name), 'utf8');

describe('mash link', () => {
  it('writes pairs, clusters and a report, and says what it took the columns for', async () => {
    const truth = await file('truth.csv', 'id_l,id_r\nr3,r1\n');
    const decisions = await file('decisions.csv', 'left_id,right_id,decision\nr1,r3,link\nr2,r3,not\n');
    const code = await mashLink([
      await file('people.csv', people),
      '--out',
      at('out'),
      '--truth',
      truth,
      '--decisions',
      decisions,
      '--threads',
      '1',
    ]);
    expect({ code, told }).toMatchObject({ code: 0, told: /first_name \+ surname +compared as a name/ });
    expect(await readdir(at('out'))).toEqual(['clusters.csv', 'pairs.csv', 'report.json']);
    expect(await output('pairs.csv')).toBe('left_id,right_id,match_weight,match_probability\nr1,r3,10.0000,0.999024\n');
    expect(await output('clusters.csv')).toBe('id,cluster_id\nr1,r1\nr2,r2\nr3,r1\n');
    const report = JSON.parse(await output('report.json'));
    const whole = { precision: 1, recall: 1, f1: 1 };
    expect(report).toMatchObject({
      rows: [3],
      pairsScored: 1,
      threshold: 4,
      accuracy: { pairs: whole, clusters: whole },
      settings: { id: 'rec_id', type: 'dedupe', threads: 1 },
      expected: { precision: 0.99, recall: 0.9 },
      missedByBlocking: 0.01,
    });
    expect(Object.keys(report.seconds).sort()).toEqual([
      'block',
      'cluster',
      'load',
      'prepare',
      'score',
      'total',
      'train',
      'write',
    ]);
    expect(printed).toMatch(/3 rows; 1 pairs scored/);
    expect(asked.at(-1)!.decisions).toEqual({ mustLink: [[0, 2]], cannotLink: [[1, 2]] });
  });

  it('the report’s settings are a settings file that does the same again', async () => {
    const input = await file('people.csv', people);
    await mashLink([input, '--out', at('out')]);
    const first = JSON.parse(await output('report.json'));
    const settings = await file('again.json', JSON.stringify(first.settings));
    expect(
      await mashLink([input, '--out', at('out'), '--settings', settings, '--model', join(at('out'), 'report.json')]),
    ).toBe(0);
    expect(JSON.parse(await output('report.json')).settings).toEqual(first.settings);
    expect(asked.at(-1)!.model).toEqual({ format: 'mash.linkage-model/1' });
  });

  it('the command line is above the settings', async () => {
    const settings = await file('settings.json', '{"threshold": 3, "threads": 1}');
    await mashLink([
      await file('people.csv', people),
      '--out',
      at('out'),
      '--settings',
      settings,
      '--threshold',
      '7',
      '--keep',
      '-9',
      '--seed',
      '5',
      '--fast',
    ]);
    expect(asked.at(-1)).toMatchObject({ settings: { threshold: 7, threads: 1 }, keep: -9, seed: 5, fast: true });
  });

  it('prints the report with --json, and nothing else there', async () => {
    await mashLink([await file('people.csv', people), '--out', at('out'), '--json']);
    expect(JSON.parse(printed)).toEqual(JSON.parse(await output('report.json')));
  });

  it('links two files, whichever way round the truth names them', async () => {
    const left = await file('left.csv', 'id,name\n1,Ann Invented\n2,Bob Made-Up\n3,Cy Unreal\n');
    const right = await file('right.csv', 'ID,Full Name\n11,Bob Made-Up\n12,Dee Fictive\n');
    for (const truth of ['left,right\n2,11\n', 'right,left\n11,2\n', '2,11\n']) {
      expect(
        await mashLink([left, right, '--out', at('out'), '--truth', await file('truth.csv', truth), '--json']),
      ).toBe(0);
      expect(JSON.parse(printed.trim().split('\n').at(-1)!)).toMatchObject({
        rows: [3, 2],
        accuracy: { pairs: { f1: 1 } },
      });
    }
    expect(await output('pairs.csv')).toMatch(/\n2,11,/);
    expect(told).toMatch(/Full Name of the second file is taken for name/);
  });

  it.each([
    ['no rows', 'id,surname\n', 'id,cluster_id\n'],
    ['one row', 'id,surname\nr1,Invented\n', 'id,cluster_id\nr1,r1\n'],
  ])('%s: a correct empty answer', async (_what, content, clusters) => {
    expect(await mashLink([await file('few.csv', content), '--out', at('out')])).toBe(0);
    expect(await output('clusters.csv')).toBe(clusters);
    expect(await output('pairs.csv')).toBe('left_id,right_id,match_weight,match_probability\n');
    expect(JSON.parse(await output('report.json'))).toMatchObject({ pairsScored: 0, threshold: null });
  });
});

describe('mash link refuses', () => {
  const refusal = async (args: string[], engine?: typeof link) => {
    const code = await mashLink([...args, '--out', at('none')], engine);
    const left = existsSync(at('none')) ? await readdir(at('none')) : [];
    return { code, left, told: told.replaceAll(`${dir}/`, '') };
  };

  it.each([
    ['a number that is none', ['--threshold', 'high'], /--threshold.*a number from -100 to 1000/],
    ['a negative number of threads', ['--threads', '-2'], /--threads.*a whole number/],
    ['half a seed', ['--seed', '1.5'], /--seed.*a whole number/],
    ['an unknown option', ['--quick'], /unknown option '--quick'/],
    ['settings that are not there', ['--settings', 'gone.json'], /gone\.json: there is no such file/],
    ['a model that is not there', ['--model', 'gone.json'], /gone\.json: there is no such file/],
  ])('%s', async (_what, args, message) => {
    expect(await refusal([await file('people.csv', people), ...args])).toEqual({
      code: 2,
      left: [],
      told: expect.stringMatching(message),
    });
  });

  it.each([
    ['{"comparison": []}', /unknown setting "comparison"/],
    [
      '{"comparisons": [{"columns": ["town"], "kind": "category"}]}',
      /people\.csv has no column "town"\. It has: rec_id, first_name, surname, dob\./,
    ],
    ['{"id": "key"}', /people\.csv has no column "key"/],
    ['{"type": "link"}', /takes two files/],
  ])('settings %s', async (settings, message) => {
    const args = [await file('people.csv', people), '--settings', await file('settings.json', settings)];
    expect(await refusal(args)).toEqual({ code: 2, left: [], told: expect.stringMatching(message) });
  });

  it('a file that is not there', async () => {
    expect(await refusal([at('gone.csv')])).toEqual({
      code: 2,
      left: [],
      told: expect.stringMatching(/gone\.csv: there is no such file/),
    });
  });

  it.each([
    ['doubled ids', 'id,surname\nr1,A\nr2,B\nr1,C\n', /doubled\.csv, line 4: the id "r1" stands on line 2 already/],
    ['a missing id', 'id,surname\nr1,A\n,B\nr3,C\n', /doubled\.csv, line 3: the row has no id in column "id"/],
    ['a ragged row', 'id,surname\nr1,A\nr2\n', /doubled\.csv, line 3: 2 cells were expected, 1 are there/],
    ['an empty file', '', /doubled\.csv: the file is empty/],
    ['nothing to compare', 'id,a,b\nr1,,x\nr2,,x\nr3,,x\n', /No column can be compared/],
  ])('%s', async (_what, content, message) => {
    expect(await refusal([await file('doubled.csv', content)])).toEqual({
      code: 1,
      left: [],
      told: expect.stringMatching(message),
    });
  });

  it.each([
    ['--truth', 'a,b\nr1,r3\nr1,r9\n', /side\.csv, line 3: no row has the id "r9"/],
    ['--truth', 'a\nr1\n', /two columns of ids/],
    [
      '--decisions',
      'left_id,right_id,decision\nr1,r2,maybe\n',
      /side\.csv, line 2: the decision must be "link" or "not"/,
    ],
    [
      '--decisions',
      'left_id,right_id,decision\nr1,r2,link\nr2,r3,link\nr3,r1,not\n',
      /side\.csv, line 4: .*other decisions link them/,
    ],
    ['--decisions', 'left_id,right_id,decision\nr1,r1,link\n', /both ids are the same row/],
  ])('%s %j', async (option, content, message) => {
    const args = [await file('people.csv', people), option, await file('side.csv', content)];
    expect(await refusal(args)).toEqual({ code: 1, left: [], told: expect.stringMatching(message) });
  });

  it('when the engine fails nothing is written, and an answer of an earlier run stays', async () => {
    const input = await file('people.csv', people);
    expect(await refusal([input], () => Promise.reject(new Error('a worker died')))).toEqual({
      code: 1,
      left: [],
      told: expect.stringMatching(/a worker died/),
    });
    await mashLink([input, '--out', at('out')]);
    const before = await output('report.json');
    expect(await mashLink([input, '--out', at('out')], () => Promise.reject(new Error('a worker died')))).toBe(1);
    expect(await output('report.json')).toBe(before);
  });
});
