import { link } from '#linkage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '../reading/read-table.js';
import { explainInstead } from './explain-instead.js';
import { registerExplaining, type ExplainingFlags } from './register-explaining.js';

let dir: string;
const at = (name: string) => join(dir, name);

/** Plainly invented: 60 people in two rows each, then one who is like the first and lives elsewhere. */
const PEOPLE = Array.from({ length: 60 }, (_, n) => {
  const name = ['Bra', 'Cel', 'Dor', 'Fen', 'Gil'][n % 5]! + ['vin', 'mor', 'wick', 'leth'][n % 4]!;
  const surname = `${['Ash', 'Birch', 'Elm'][n % 3]!}invent${String.fromCharCode(97 + (n % 26))}`;
  const born = `${1950 + ((n * 7) % 50)}-0${1 + (n % 9)}-${10 + (n % 18)}`;
  const place = `NG${1 + (n % 9)} ${n % 10}ZZ`;
  return [
    `a${n},${name},${surname},${born},${place}`,
    `b${n},${n % 4 ? name : name[0]!},${surname},${n % 7 ? born : ''},${place}`,
  ];
}).flat();
const SETTINGS = {
  id: 'id',
  type: 'dedupe',
  comparisons: [
    { columns: ['forename', 'surname'], kind: 'name' },
    { columns: ['dob'], kind: 'date' },
    { columns: ['postcode'], kind: 'postcode' },
  ],
} as const;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mash-explain-'));
  await writeFile(at('people.csv'), `id,forename,surname,dob,postcode\n${PEOPLE.join('\n')}\n`);
  const read = await readTable([at('people.csv')]);
  const { table, rows } = read;
  const settings = {
    ...SETTINGS,
    comparisons: [...SETTINGS.comparisons.map((one) => ({ ...one, columns: [...one.columns] }))],
  };
  const { model, pairs, clusters } = await link({
    table,
    leftRows: rows,
    settings: { ...settings, oneToOne: false, blocking: 'auto', threshold: 'auto', threads: 1 },
    keep: -5,
    fast: false,
    seed: 1,
  });
  const id = (row: number) => PEOPLE[row]!.split(',')[0]!;
  await mkdir(at('out'));
  await writeFile(
    at('out/report.json'),
    JSON.stringify({ settings, threshold: model.thresholds.link, ambiguous: [], model }),
  );
  await writeFile(
    at('out/pairs.csv'),
    `left_id,right_id,match_weight,match_probability\n${Array.from(pairs.left, (left, k) => `${id(left)},${id(pairs.right[k]!)},${pairs.weight[k]!},0\n`).join('')}`,
  );
  await writeFile(
    at('out/clusters.csv'),
    `id,cluster_id\n${Array.from(clusters, (to, row) => `${id(row)},${id(to)}\n`).join('')}`,
  );
});
afterAll(() => rm(dir, { recursive: true }));

/** Runs the command line. `linked` stands for what `mash link` does without the new options. */
async function mashLink(args: string[]): Promise<{ code: number; printed: string; told: string; linked: boolean }> {
  const said = { code: 0, printed: '', told: '', linked: false };
  const program = new Command('mash').exitOverride();
  const command = program
    .command('link')
    .argument('<left>')
    .argument('[right]')
    .requiredOption('--out <dir>')
    .option('--settings <file>')
    .option('--model <file>')
    .option('--decisions <file>')
    .option('--json')
    .exitOverride()
    .configureOutput({ writeErr: (text) => (said.told += text) })
    .action(async (left: string | undefined, right: string | undefined, flags: ExplainingFlags) => {
      const files = [left, right].filter((file) => file !== undefined);
      const output = { stdout: { write: (text: string) => (said.printed += text) } };
      if (!(await explainInstead(files, flags, output))) said.linked = true;
    });
  registerExplaining(command);
  try {
    await program.parseAsync(['link', ...args], { from: 'user' });
  } catch (error) {
    said.code = error instanceof CommanderError || (error as { code?: string }).code === 'usage' ? 2 : 1;
    said.told += (error as Error).message.replaceAll(`${dir}/`, '');
  }
  return said;
}

describe('mash link --explain', () => {
  it('says why two rows were linked, part by part, and draws it', async () => {
    const { code, printed } = await mashLink([
      at('people.csv'),
      '--out',
      at('out'),
      '--explain',
      'a1,b1',
      '--svg',
      at('pictures/a1.svg'),
    ]);
    expect(code).toBe(0);
    expect(printed).toMatch(/^a1 and b1\n\nAlmost certainly the same person: \+/);
    expect(printed).toMatch(/\n {2}Date of birth +▲ +\+\d+\.\d {2}date of birth agrees exactly/);
    expect(printed).toContain('\nLinked\n  They are linked: both records are in one group.\n');
    const svg = await readFile(at('pictures/a1.svg'), 'utf8');
    expect(svg).toMatch(/^<\?xml .*\n<svg .*>Records a1 and b1<\/title>/s);
    expect(printed + svg).not.toMatch(/Celmor|Birchinvent|19\d\d-|NG\d/i);
  });

  it('says why two rows were not, from the files of the earlier run', async () => {
    const { printed } = await mashLink([at('people.csv'), '--out', at('out'), '--explain', 'a1,a2']);
    expect(printed).toMatch(/Why they were not linked\n {2}(They were never compared|Their weight is −)/);
  });

  it('as JSON, with weights that add up', async () => {
    const { printed } = await mashLink([at('people.csv'), '--out', at('out'), '--explain', 'a7,b7', '--json']);
    const { ids, explained, whyNot } = JSON.parse(printed);
    expect(ids).toEqual(['a7', 'b7']);
    expect(explained.missing).toEqual(['date of birth']);
    expect(explained.fields.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0)).toBe(
      explained.weight,
    );
    expect(whyNot.reason).toBe('linked');
  });

  it('takes the model and a person’s decisions from other files, and needs no earlier run', async () => {
    await writeFile(at('decisions.csv'), 'left_id,right_id,decision\na1,b1,not\n');
    const { printed } = await mashLink([
      at('people.csv'),
      '--model',
      at('out/report.json'),
      '--explain',
      'b1,a1',
      '--decisions',
      at('decisions.csv'),
    ]);
    expect(printed).toContain('A person has decided that they are two people.');
  });

  it.each([
    [['--explain', 'a1,zz'], 2, /no row has the id "zz"/],
    [['--explain', 'a1'], 2, /takes two ids/],
    [['--explain', 'a1,a1'], 2, /the same row/],
  ])('refuses %j', async (args, _code, message) => {
    const { code, told, printed } = await mashLink([at('people.csv'), '--out', at('out'), ...args]);
    expect({ code: code > 0, printed }).toEqual({ code: true, printed: '' });
    expect(told).toMatch(message);
  });

  it('refuses files that the model or the earlier run is not of, and a run that is not there', async () => {
    await writeFile(
      at('others.csv'),
      'id,forename,surname,dob,postcode\na1,Celmor,Invented,1990-01-02,NG1 1ZZ\na2,Celmor,Invented,1990-01-02,NG1 1ZZ\n',
    );
    expect((await mashLink([at('others.csv'), '--out', at('out'), '--explain', 'a1,a2'])).told).toMatch(
      /clusters\.csv is not of these files: it has 120 rows, they have 2/,
    );
    await writeFile(at('bare.csv'), 'id,name\na1,X\na2,Y\n');
    expect((await mashLink([at('bare.csv'), '--out', at('out'), '--explain', 'a1,a2'])).told).toMatch(
      /bare\.csv has no columns/,
    );
    expect((await mashLink([at('people.csv'), '--out', at('gone'), '--explain', 'a1,a2'])).told).toMatch(
      /there is no such file/,
    );
    expect((await mashLink([at('people.csv'), '--explain', 'a1,a2'])).told).toMatch(/which model\?/);
  });
});

describe('mash link --chart', () => {
  it('draws the model and tells it in words, without any file to link', async () => {
    const { code, printed } = await mashLink(['--model', at('out/report.json'), '--chart', at('model.svg')]);
    expect(code).toBe(0);
    expect(printed).toMatch(/^A model learned from 120 records\./);
    expect(await readFile(at('model.svg'), 'utf8')).toContain('What the model has learned');
  });

  it('leaves no picture behind when there is no model', async () => {
    const { code } = await mashLink(['--model', at('gone.json'), '--chart', at('none.svg')]);
    expect(code).toBe(2);
    expect(existsSync(at('none.svg'))).toBe(false);
  });
});

describe('mash link without either', () => {
  it('still needs a file and a folder, and links', async () => {
    expect((await mashLink(['--out', at('out')])).told).toMatch(/missing required argument 'left'/);
    expect(await mashLink([at('people.csv')])).toMatchObject({
      code: 2,
      told: expect.stringMatching(/required option '--out <dir>' not specified/),
    });
    expect(await mashLink([at('people.csv'), '--out', at('out'), '--svg', 'x.svg'])).toMatchObject({
      code: 2,
      linked: false,
    });
    expect(await mashLink([at('people.csv'), '--out', at('out')])).toMatchObject({ code: 0, linked: true });
  });
});

describe('a picture', () => {
  const drawn = (...args: string[]) => mashLink([at('people.csv'), '--out', at('out'), '--explain', 'a1,b1', ...args]);

  it.each(['people.csv', 'out/clusters.csv', 'out/pairs.csv', 'out/report.json'])(
    'is not drawn over %s',
    async (name) => {
      const before = await readFile(at(name), 'utf8');
      await symlink(at(name), at('link.svg'));
      for (const target of [at(name), at('link.svg')]) {
        expect(await drawn('--svg', target)).toMatchObject({ code: 2, printed: '' });
        expect(await drawn('--chart', target)).toMatchObject({ code: 2, printed: '' });
      }
      await rm(at('link.svg'));
      expect(await readFile(at(name), 'utf8')).toBe(before);
    },
  );

  it('is not drawn over a file that is no picture, but over an earlier one', async () => {
    await writeFile(at('notes.txt'), 'not <svg>');
    expect(await drawn('--svg', at('notes.txt'))).toMatchObject({ code: 2, told: expect.stringMatching(/not an SVG/) });
    expect(await drawn('--svg', at('again.svg'))).toMatchObject({ code: 0 });
    expect(await drawn('--svg', at('again.svg'))).toMatchObject({ code: 0 });
    expect(await drawn('--svg', at('again.svg'), '--chart', at('again.svg'))).toMatchObject({ code: 2 });
  });
});
