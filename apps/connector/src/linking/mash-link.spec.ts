import { link, type LinkRequest, type LinkResult, type TrainedModel } from '#linkage';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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

const level = (name: string, m: number, u: number) => ({ name, band: -1, m, u });
const MODEL: TrainedModel = {
  format: 'mash.linkage-model/1',
  trainedOn: { rows: 3, fingerprint: null },
  comparisons: [{ columns: ['first_name', 'surname'], kind: 'name' }],
  fields: [
    {
      name: 'surname',
      role: 'surname',
      columns: ['surname'],
      kind: 'name',
      levels: [level('missing', 1, 1), level('exact', 0.9, 0.1), level('else', 0.1, 0.9)],
    },
  ],
  implied: [],
  classes: [
    { name: 'match', pairs: 1, shares: [[1, 0.9, 0.1]] },
    { name: 'random', pairs: 3, shares: [[1, 0.1, 0.9]] },
  ],
  correction: null,
  thresholds: { link: 4, show: 0, join: -1.5 },
  expected: { precision: 0.99, recall: 0.9, missedByBlocking: 0.01 },
};

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
    model: MODEL,
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
    expect(await output('pairs.csv')).toBe(
      'left_id,right_id,match_weight,match_probability,linked\nr1,r3,10.0000,0.999024,1\n',
    );
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
    expect(printed).toMatch(/3 rows; 1 pair scored/);
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
    expect(asked.at(-1)!.model).toEqual(MODEL);
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
    expect(await output('pairs.csv')).toBe('left_id,right_id,match_weight,match_probability,linked\n');
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

describe('mash link and its models', () => {
  const using = async (model: unknown, engine?: typeof link) => {
    const file_ = await file('model.json', typeof model === 'string' ? model : JSON.stringify(model));
    const code = await mashLink([await file('people.csv', people), '--model', file_, '--out', at('modelled')], engine);
    return { code, told: told.replaceAll(`${dir}/`, '') };
  };
  const [match, random] = MODEL.classes as [TrainedModel['classes'][0], TrainedModel['classes'][0]];
  const correction = { prior: 0, weights: [[0, 1, 2]], interactions: [] };

  it('takes the model’s comparisons when no settings name others', async () => {
    expect(await using(MODEL)).toMatchObject({ code: 0 });
    expect(asked.at(-1)!.settings.comparisons).toEqual(MODEL.comparisons);
    expect(await using({ ...MODEL, correction, version: 'own' })).toMatchObject({ code: 0 });
  });

  it.each<[string, unknown]>([
    ['no number', { ...MODEL, classes: [{ ...match, pairs: null }, random] }],
    ['a share above 1', { ...MODEL, classes: [{ ...match, shares: [[1, 1.5, 0]] }, random] }],
    ['too many pairs', { ...MODEL, classes: [match, { ...random, pairs: 1e16 }] }],
    ['fewer than no pairs', { ...MODEL, classes: [match, { ...random, pairs: -1 }] }],
    ['classes the other way round', { ...MODEL, classes: [random, match] }],
    ['too many classes', { ...MODEL, classes: [match, random, ...Array.from({ length: 19 }, () => match)] }],
    ['fewer shares than levels', { ...MODEL, classes: [{ ...match, shares: [[1, 0.9]] }, random] }],
    ['shares of no field', { ...MODEL, classes: [{ ...match, shares: [] }, random] }],
    ['a field out of range', { ...MODEL, implied: [{ field: 5, by: 0, upTo: 1, shift: 1 }] }],
    ['weights of no field', { ...MODEL, correction: { ...correction, weights: [] } }],
    [
      'an interaction of no field',
      { ...MODEL, correction: { ...correction, interactions: [{ a: 0, b: 9, weights: [] }] } },
    ],
    [
      'an interaction without weights',
      { ...MODEL, correction: { ...correction, interactions: [{ a: 0, b: 0, weights: [] }] } },
    ],
    ['no threshold', { ...MODEL, thresholds: { link: 'high', show: 0, join: 0 } }],
    ['an unknown role', { ...MODEL, fields: [{ ...MODEL.fields[0], role: 'boss' }] }],
    ['an unknown kind', { ...MODEL, comparisons: [{ columns: ['a'], kind: 'nmae' }] }],
    ['only its format', { format: MODEL.format }],
    ['people', 'Zebedee Unreal'],
    ['another format', { format: 'other/1' }],
    ['null', 'null'],
    ['more than 20 MB', ' '.repeat(20 * 1024 * 1024 + 1)],
  ])('refuses a model with %s', async (_what, model) => {
    const { code, told } = await using(model);
    expect({ code, told }).toEqual({ code: 2, told: expect.stringMatching(/model\.json/) });
    expect(told).not.toMatch(/Zebedee|undefined|\[object/);
    expect(
      existsSync(at('modelled')) ? (await readdir(at('modelled'))).filter((name) => name.startsWith('.')) : [],
    ).toEqual([]);
  });

  it('says which comparisons a model has that does not fit', async () => {
    const failing = () => Promise.reject(Object.assign(new Error('x'), { code: 'model_mismatch' }));
    expect(await using(MODEL, failing)).toEqual({
      code: 2,
      told: expect.stringMatching(/other comparisons.*first_name \+ surname as a name/),
    });
  });

  it('names the two whose decisions contradict each other', async () => {
    const failing = () =>
      Promise.reject(Object.assign(new Error('x'), { code: 'decisions_conflict', left: 0, right: 2 }));
    expect(await using(MODEL, failing)).toEqual({ code: 2, told: expect.stringMatching(/"r1" and "r3"/) });
  });
});

describe('mash link does not write over what it reads', () => {
  it('an input called as a result is left alone', async () => {
    await mashLink([await file('people.csv', people), '--out', at('kept')]);
    const before = await readFile(join(at('kept'), 'clusters.csv'), 'utf8');
    expect(await mashLink([join(at('kept'), 'clusters.csv'), '--out', at('kept')])).toBe(2);
    expect(told).toMatch(/clusters\.csv would be written over/);
    expect(await readFile(join(at('kept'), 'clusters.csv'), 'utf8')).toBe(before);
    await symlink(join(at('kept'), 'clusters.csv'), at('by-another-name.csv'));
    expect(await mashLink([at('by-another-name.csv'), '--out', at('kept')])).toBe(2);
  });
});

describe('mash link with an earlier answer', () => {
  it('hands its clusters on, rows it does not know each by themselves', async () => {
    const previous = await file('previous.csv', 'id,cluster_id\nr3,r1\ngone,r1\nr1,r1\n');
    expect(await mashLink([await file('people.csv', people), '--out', at('out'), '--previous', previous])).toBe(0);
    const [a, b, c] = asked.at(-1)!.previous!;
    expect(a).toBe(c);
    expect(b).not.toBe(a);
  });

  it('of two linked files too, by the file that an id is of', async () => {
    const left = await file('left.csv', 'id,name\n1,Ann Invented\n2,Bob Made-Up\n');
    const right = await file('right.csv', 'id,name\n1,Bob Made-Up\n2,Ann Invented\n');
    const previous = await file('previous.csv', 'id,cluster_id,file\n1,1,left\n2,2,left\n1,2,right\n2,1,right\n');
    expect(await mashLink([left, right, '--out', at('out'), '--previous', previous, '--one-to-one'])).toBe(0);
    const [a, b, c, d] = asked.at(-1)!.previous!;
    expect([a === d, b === c, a === b]).toEqual([true, true, false]);
    expect(asked.at(-1)!.settings.oneToOne).toBe(true);
  });

  it('that is of other files is refused', async () => {
    const previous = await file('previous.csv', 'id,cluster_id\nx,x\n');
    expect(await mashLink([await file('people.csv', people), '--out', at('out'), '--previous', previous])).toBe(1);
    expect(told).toMatch(/previous\.csv: none of its ids/);
  });
});

describe('a file without headings', () => {
  it.each([
    'r1,Zebedee,1980-01-02\nr2,Zoe,1970-01-02\n',
    'r1,NG1 1AA\nr2,NG1 1AB\n',
    'r1,z@made-up.example\nr2,x\n',
    'Zebedee,Zebedee,1980-01-02\n',
  ])('%j is refused, and not quoted', async (content) => {
    const settings = await file('settings.json', '{"id": "id"}');
    for (const more of [[], ['--settings', settings]]) {
      expect(await mashLink([await file('bare.csv', content), '--out', at('none'), ...more])).toBe(1);
      expect(told).toMatch(/has no line of headings/);
      expect(told).not.toMatch(/Zebedee|NG1|made-up/);
    }
  });
});

describe('what mash link says of its answer', () => {
  it('from how many bits a pair counts, and groups join', async () => {
    await mashLink([await file('people.csv', people), '--out', at('out')]);
    expect(printed).toMatch(
      /A pair counts as linked from 4\.00 bits on; groups join while their records agree by more than -1\.50 bits on average/,
    );
    expect(printed).toMatch(/of the true pairs, 1\.0% are expected never to have been compared/);
    expect(printed).not.toMatch(/spreadsheet/);
  });

  it('that nothing was found', async () => {
    await mashLink([await file('people.csv', 'id,surname\nr1,Invented\nr2,Made-Up\n'), '--out', at('out')]);
    expect(printed).toMatch(/No links expected/);
    await mashLink([await file('people.csv', 'id,surname\nr1,Invented\n'), '--out', at('out')]);
    expect(printed).toMatch(/1 row; 0 pairs/);
  });

  it('that ids may be taken for formulas', async () => {
    for (const id of ['=1+1', '+1', '-1', '@x']) {
      printed = '';
      await mashLink([
        await file('people.csv', `rec_id,surname\n${id},Invented\nr2,Invented\nr3,Made-Up\n`),
        '--out',
        at('out'),
      ]);
      expect(printed).toMatch(/not for a spreadsheet/);
    }
  });
});

describe('mash link with the engine itself', () => {
  it('links the same again with its own model and its earlier answer', async () => {
    const lines = Array.from({ length: 120 }, (_, n) => {
      const forename = `${['Bra', 'Cel', 'Dor', 'Fen', 'Gil'][n % 5]}${['vin', 'mor', 'wick', 'leth'][n % 4]}`;
      const surname = `${['Ash', 'Birch', 'Elm'][n % 3]}invent${String.fromCharCode(97 + (n % 26))}`;
      const born = `${1950 + ((n * 7) % 50)}-0${1 + (n % 9)}-${10 + (n % 18)}`;
      return `a${n},${forename},${surname},${born}\nb${n},${forename},${surname},${n % 7 ? born : ''}`;
    });
    const input = await file('many.csv', `id,forename,surname,dob\n${lines.join('\n')}\n`);
    const run = (...args: string[]) => mashLink([input, '--out', at('whole'), '--threads', '1', ...args], link);
    expect({ code: await run(), told }).toMatchObject({ code: 0 });
    const [clusters, model] = ['clusters.csv', 'report.json'].map((name) => join(at('whole'), name));
    const before = await readFile(clusters!, 'utf8');
    expect({ code: await run('--model', model!, '--previous', clusters!), told }).toMatchObject({ code: 0 });
    expect(await readFile(clusters!, 'utf8')).toBe(before);
    const settings = await file('one.json', '{"id": "id", "comparisons": [{"columns": ["dob"], "kind": "date"}]}');
    expect(await run('--model', model!, '--settings', settings)).toBe(2);
    expect(told).toMatch(/made for other comparisons.*forename \+ surname as a name; dob as a date/);
    const decisions = await file('many-decisions.csv', 'l,r,decision\na1,b1,link\nb1,a2,link\na1,a2,not\n');
    expect(await run('--decisions', decisions)).toBe(1);
  });

  it('two partners decided for one record contradict one to one', async () => {
    const left = await file(
      'left.csv',
      `id,surname,dob\n${Array.from({ length: 30 }, (_, n) => `l${n},Inv${String.fromCharCode(97 + (n % 26))}ent,19${50 + n}-01-02`).join('\n')}\n`,
    );
    const right = await file(
      'right.csv',
      `id,surname,dob\n${Array.from({ length: 30 }, (_, n) => `r${n},Inv${String.fromCharCode(97 + (n % 26))}ent,19${50 + n}-01-02`).join('\n')}\n`,
    );
    const decisions = await file('two.csv', 'l,r,decision\nl1,r1,link\nl1,r2,link\n');
    expect(
      await mashLink(
        [left, right, '--out', at('pairs'), '--one-to-one', '--threads', '1', '--decisions', decisions],
        link,
      ),
    ).toBe(2);
    expect(told).toMatch(/contradict each other: "l1" and "r[12]" are to be linked/);
  });
});
