import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LinkFolder } from '../support/mash-link.js';

let folder: LinkFolder;
let made = 0;
beforeAll(async () => {
  folder = await LinkFolder.make();
});
afterAll(() => folder.remove());

const HEADING = 'id,given_name,surname,dob,postcode';
const GIVEN = ['Gribble', 'Zork', 'Fennia', 'Quillon', 'Wexby', 'Tamsel', 'Morvin', 'Kelzod'];
const people = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, at) =>
      `r${at},${GIVEN[(at * 3) % 8]},Inventley${String.fromCharCode(97 + (at % 26), 97 + ((at * 7) % 26))},19${50 + (at % 40)}-0${1 + (at % 9)}-1${at % 10},ZZ${at % 10} ${(at * 3) % 10}AB`,
  );
const csv = (lines: readonly string[], heading = HEADING): string => `${[heading, ...lines].join('\n')}\n`;
const ran = async (...args: string[]) => {
  const out = `out${made++}`;
  const run = await folder.run(out, ...args);
  return { ...run, out, written: await folder.written(out) };
};
const WHOLE = ['clusters.csv', 'pairs.csv', 'report.json'];
/** Nothing that looks whole, and nothing left over. */
const refused = (code: number, told: RegExp) =>
  expect.objectContaining({ code, written: [], stderr: expect.stringMatching(told) });

describe('mash link refuses, names file and line, and writes nothing', () => {
  it.each([
    [
      'a missing id',
      csv([...people(3), ',Zork,Fictive,1980-05-17,ZZ1 1AB']),
      /bad\.csv, line 5: the row has no id in column "id"/,
    ],
    [
      'a doubled id',
      csv([...people(3), ...people(2).slice(1)]),
      /bad\.csv, line 5: the id "r1" stands on line 3 already/,
    ],
    ['a row too short', csv([...people(2), 'r9,Zork']), /bad\.csv, line 4: 5 cells were expected, 2 are there/],
    [
      'a row too long',
      csv([...people(2), 'r9,Zork,Fictive,1980-05-17,ZZ1 1AB,more']),
      /bad\.csv, line 4: 5 cells were expected, 6 are there/,
    ],
    ['a quote never closed', csv([...people(2), 'r9,"Zork,Fictive,1980-05-17,ZZ1 1AB']), /bad\.csv, line 4: .*quote/],
    [
      'Latin-1',
      Buffer.from(csv([...people(2), 'r9,Zoë,Fictive,1980-05-17,ZZ1 1AB']), 'latin1'),
      /bad\.csv.*not UTF-8 at line 4/,
    ],
    [
      'UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv(people(3)), 'utf16le')]),
      /bad\.csv, line 1: the file is UTF-16/,
    ],
    [
      'UTF-16 the other way round',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(csv(people(3)), 'utf16le').swap16()]),
      /bad\.csv, line 1: the file is UTF-16/,
    ],
    ['UTF-16 without a mark', Buffer.from(csv(people(3)), 'utf16le'), /bad\.csv, line 1: the file is UTF-16/],
    [
      'a quote that opens at the very end',
      `${csv(people(2))}r9,Zork,Fictive,1980-05-17,"`,
      /bad\.csv, line 4: .*quote/,
    ],
    [
      'text after a closing quote',
      csv([...people(2), 'r9,"Zork"x,Fictive,1980-05-17,ZZ1 1AB']),
      /bad\.csv, line 4: text follows a closing quote/,
    ],
    ['a last row that breaks off', csv(people(3)).slice(0, -24), /bad\.csv, line 4: 5 cells were expected/],
    [
      'an id that is blanks',
      csv([...people(3), '  ,Zork,Fictive,1980-05-17,ZZ1 1AB']),
      /bad\.csv, line 5: the row has no id/,
    ],
    [
      'an id that says NULL',
      csv([...people(3), 'NULL,Zork,Fictive,1980-05-17,ZZ1 1AB']),
      /bad\.csv, line 5: the row has no id/,
    ],
    ['nothing but a byte-order mark', '\ufeff', /bad\.csv: the file is empty/],
    ['nothing but empty lines', '\n\r\n\n', /bad\.csv: the file is empty/],
    [
      'rows without headings',
      people(3)
        .map((line) => `${line}\n`)
        .join(''),
      /bad\.csv, line 1: .*no line of headings/,
    ],
    ['a NUL byte in the headings', csv(people(2), 'id,given\0name,surname,dob,postcode'), /bad\.csv, line 1: .*NUL/],
    ['a NUL byte', csv([...people(2), 'r9,Zo\0rk,Fictive,1980-05-17,ZZ1 1AB']), /bad\.csv, line 4: .*NUL/],
    ['a workbook', Buffer.from('PK\u0003\u0004made up'), /bad\.csv: .*workbook/],
    [
      'ten megabytes in a cell',
      csv([...people(2), `r9,${'x'.repeat(10_000_000)},Fictive,1980-05-17,ZZ1 1AB`]),
      /bad\.csv, line 4: a cell is longer than 1 MB/,
    ],
    [
      'ten megabytes in a quoted cell',
      csv([...people(2), `r9,"${'x\n'.repeat(5_000_000)}",Fictive,1980-05-17,ZZ1 1AB`]),
      /bad\.csv, line 4: a cell is longer than 1 MB/,
    ],
    [
      'a column named twice',
      csv(people(2), 'id,surname,surname,dob,postcode'),
      /bad\.csv, line 1: two columns are called "surname"/,
    ],
    ['no byte at all', '', /bad\.csv: the file is empty/],
    ['nothing that could be compared', csv(['r1,,,,', 'r2,,,,', 'r3,,,,']), /No column can be compared/],
  ])('%s', async (_what, content, told) => {
    await folder.file('bad.csv', content as string);
    expect(await ran('bad.csv')).toEqual(refused(1, told));
  });

  it('the first fault of a file so large that two threads read it, whichever thread finds it', async () => {
    const lines = people(200_000).map((line) => `${line.slice(0, -1)}Ü`);
    const heading = csv([]).length;
    const bytes = Buffer.from(csv(lines));
    const lineAt = (line: number): number => {
      let at = heading;
      for (let passed = 2; passed < line; passed++) at = bytes.indexOf(10, at) + 1;
      return at;
    };
    type Fault = ['bytes' | 'cells', number];
    const spoilt = (faults: Fault[]): Buffer => {
      const made = Buffer.from(bytes);
      for (const [what, line] of faults) {
        const at = lineAt(line);
        // A byte that no UTF-8 text has; a comma less.
        made[what === 'bytes' ? made.indexOf(10, at) - 1 : made.indexOf(44, at)] = what === 'bytes' ? 0xff : 0x20;
      }
      return made;
    };
    const cases: [Fault[], RegExp][] = [
      [[['bytes', 150_000]], /large\.csv.*not UTF-8 at line 150000 /],
      [
        [
          ['bytes', 120_000],
          ['cells', 150_000],
        ],
        /large\.csv.*not UTF-8 at line 120000 /,
      ],
      [
        [
          ['cells', 90_000],
          ['bytes', 150_000],
        ],
        /large\.csv, line 90000: 5 cells were expected, 4 are there/,
      ],
    ];
    for (const [faults, told] of cases) {
      await folder.file('large.csv', spoilt(faults));
      expect(await ran('large.csv')).toEqual(refused(1, told));
    }
  }, 60_000);

  it('a fault in the second of two files', async () => {
    await folder.file('good.csv', csv(people(5)));
    await folder.file('bad.csv', csv([...people(2), 'r9,Zork']));
    expect(await ran('good.csv', 'bad.csv')).toEqual(refused(1, /bad\.csv, line 4/));
  });

  it('a file that is not there, and a folder', async () => {
    expect(await ran('gone.csv')).toEqual(refused(2, /gone\.csv: there is no such file/));
    expect(await ran('.')).toEqual(refused(2, /folder/));
  });

  it('a place where nothing can be written, before any work', async () => {
    await folder.file('good.csv', csv(people(5)));
    await folder.file('taken', 'a file');
    for (const out of ['taken', 'taken/within', '/proc/within', '/dev/null'])
      expect(await folder.run(out, 'good.csv')).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/Nothing can be written to/),
      });
    expect(await folder.read('.', 'taken')).toBe('a file');
  });

  it.each([
    [['--threshold', 'NaN'], /--threshold.*must be a number/],
    [['--threshold', 'Infinity'], /--threshold.*must be a number/],
    [['--threshold', ''], /--threshold.*must be a number/],
    [['--keep', '1e999'], /--keep.*must be a number/],
    [['--threads', '1.5'], /--threads.*must be a whole number/],
    [['--seed', '-1'], /--seed.*must be a whole number/],
    [['--one-to-one'], /--one-to-one goes with two files/],
    [['--settings', '.'], /\.: it cannot be read/],
  ])('the options %j', async (options, told) => {
    await folder.file('good.csv', csv(people(5)));
    expect(await ran('good.csv', ...options)).toEqual(refused(2, told));
  });

  it('an id column that only one of two files has, and pairs of columns for one file', async () => {
    await folder.file('good.csv', csv(people(5)));
    await folder.file('other.csv', csv(people(5), 'key,given_name,surname,dob,postcode'));
    await folder.file('settings.json', '{"id": ["id", "id"]}');
    expect(await ran('good.csv', 'other.csv', '--settings', 'settings.json')).toEqual(
      refused(2, /other\.csv has no column "id"/),
    );
    await folder.file('settings.json', '{"id": ["id", "key"]}');
    expect(await ran('good.csv', '--settings', 'settings.json')).toEqual(refused(2, /there is one file/));
  });

  it('an id that is missing or doubled in the second file, by its own heading', async () => {
    await folder.file('good.csv', csv(people(5)));
    await folder.file('settings.json', '{"id": ["id", "key"]}');
    await folder.file(
      'bad.csv',
      csv([...people(2), ',Zork,Fictive,1980-05-17,ZZ1 1AB'], 'key,given_name,surname,dob,postcode'),
    );
    expect(await ran('good.csv', 'bad.csv', '--settings', 'settings.json')).toEqual(
      refused(1, /bad\.csv, line 4: the row has no id in column "key"/),
    );
    await folder.file('bad.csv', csv([...people(2), ...people(1)], 'key,given_name,surname,dob,postcode'));
    expect(await ran('good.csv', 'bad.csv', '--settings', 'settings.json')).toEqual(
      refused(1, /bad\.csv, line 4: the id "r0" stands on line 2 already/),
    );
  });

  it.each([
    ['{"__proto__": {"threshold": 1}}', /unknown setting "__proto__"/],
    ['{"constructor": 1}', /unknown setting "constructor"/],
    ['[]', /the settings must be an object/],
    ['', /settings\.json is not JSON/],
    ['{"threshold": NaN}', /settings\.json is not JSON/],
    ['{"threshold": null}', /threshold must be "auto" or bits/],
    ['{"threshold": 1e999}', /threshold must be "auto" or bits/],
    ['{"comparisons": [{"columns": ["surname", "surname"], "kind": "name"}]}', /names a column twice/],
    ['{"comparisons": [{"columns": ["surname"], "kind": "__proto__"}]}', /must be one of name, date/],
    ['{"comparisons": [{"columns": ["__proto__"], "kind": "name"}]}', /good\.csv has no column "__proto__"/],
    ['{"comparisons": [{"columns": [["surname"]], "kind": "name"}]}', /must be a heading, or two/],
    ['{"id": ["id"]}', /id must be a heading, or two/],
    ['{', /settings\.json is not JSON/],
    ['{"comparison": []}', /unknown setting "comparison"/],
    ['{"comparisons": []}', /comparisons must hold at least one comparison/],
    ['{"comparisons": [{"columns": ["surname"], "kind": "face"}]}', /must be one of name, date/],
    ['{"comparisons": [{"columns": ["town"], "kind": "category"}]}', /good\.csv has no column "town"/],
    ['{"comparisons": [{"columns": ["dob", "surname"], "kind": "date"}]}', /a date is in one column, or in three/],
    ['{"id": "key"}', /good\.csv has no column "key"/],
    ['{"type": "link"}', /takes two files/],
    ['{"oneToOne": true}', /goes with "type": "link"/],
    ['{"threshold": 5000}', /threshold must be "auto" or bits/],
    ['{"threads": -1}', /threads must not be below 0/],
    ['{"blocking": [["shoe size"]]}', /good\.csv has no column "shoe size"/],
    ['{"blocking": []}', /blocking must be "auto" or lists of columns/],
  ])('the settings %s', async (settings, told) => {
    await folder.file('good.csv', csv(people(5)));
    await folder.file('settings.json', settings);
    expect(await ran('good.csv', '--settings', 'settings.json')).toEqual(refused(2, told));
  });

  it('decisions that contradict each other', async () => {
    await folder.file('good.csv', csv(people(5)));
    await folder.file('decisions.csv', 'left_id,right_id,decision\nr0,r1,link\nr1,r2,link\nr0,r2,not\n');
    expect(await ran('good.csv', '--decisions', 'decisions.csv')).toEqual(refused(1, /decisions\.csv, line 4/));
  });

  it('a model of other comparisons, in words', async () => {
    await folder.file('good.csv', csv(people(60)));
    expect(await ran('good.csv')).toMatchObject({ code: 0 });
    await folder.file('settings.json', '{"comparisons": [{"columns": ["surname"], "kind": "name"}]}');
    expect(await ran('good.csv', '--settings', 'settings.json', '--model', `out${made - 1}/report.json`)).toMatchObject(
      { code: expect.any(Number), written: [], stderr: expect.stringMatching(/model/) },
    );
  });
});

describe('mash link gives a correct answer all the same', () => {
  const answers = async (content: string, ids: string[], ...args: string[]) => {
    await folder.file('odd.csv', content);
    const run = await ran('odd.csv', ...args);
    expect({ code: run.code, written: run.written, stderr: run.stderr }).toEqual({
      code: 0,
      written: WHOLE,
      stderr: expect.any(String),
    });
    const clusters = (await folder.read(run.out, 'clusters.csv')).trim().split('\n').slice(1);
    expect(clusters.map((line) => line.split(',')[0]).sort()).toEqual([...ids].sort());
    const report = await folder.read(run.out, 'report.json');
    expect(() => JSON.parse(report)).not.toThrow();
    for (const line of (await folder.read(run.out, 'pairs.csv')).trim().split('\n').slice(1)) {
      const [weight, probability] = line.split(',').slice(2).map(Number) as [number, number];
      expect(Number.isFinite(weight) && probability >= 0 && probability <= 1).toBe(true);
    }
    return { ...run, report: JSON.parse(report) };
  };
  const ids = (lines: readonly string[]): string[] => lines.map((line) => line.split(',')[0]!);

  it('no row, and one row', async () => {
    expect((await answers(csv([]), [])).report.pairsScored).toBe(0);
    expect((await answers(csv(people(1)), ['r0'])).report.pairsScored).toBe(0);
  });

  it('two files, one of them without a row', async () => {
    await folder.file('none.csv', csv([]));
    await folder.file('some.csv', csv(people(3)));
    expect(await ran('some.csv', 'none.csv')).toMatchObject({ code: 0, written: WHOLE });
    expect(await ran('none.csv', 'some.csv')).toMatchObject({ code: 0, written: WHOLE });
  });

  it('no pair of rows that agrees in anything', async () => {
    const lines = ['r1,Gribble,Inventley,1950-02-03,ZZ1 1AB', 'r2,Zork,Fictive,1987-11-29,QX9 2CD'];
    const { out } = await answers(csv(lines), ids(lines));
    expect(await folder.groups(out)).toEqual(['r1', 'r2']);
  });

  it('a column that is all empty, and one that is all equal', async () => {
    const lines = [...people(80), ...people(80).map((line) => `s${line.slice(1)}`)];
    const odd = csv(
      lines.map((line) => `${line},,same`),
      `${HEADING},email,title`,
    );
    const { out } = await answers(odd, ids(lines));
    const groups = await folder.groups(out);
    expect(groups.filter((group) => group.includes(',')).length).toBeGreaterThan(70);
    // Also where the settings name such columns.
    await folder.file(
      'all.json',
      JSON.stringify({
        id: 'id',
        comparisons: [
          { columns: ['given_name', 'surname'], kind: 'name' },
          { columns: ['dob'], kind: 'date' },
          { columns: ['email'], kind: 'email' },
          { columns: ['title'], kind: 'category' },
        ],
      }),
    );
    const named = await answers(odd, ids(lines), '--settings', 'all.json');
    // JSON has no NaN: a share that is none is written as null.
    const shares: (number | null)[] = named.report.model.classes.flatMap((one: { shares: number[][] }) =>
      one.shares.flat(),
    );
    expect(shares.filter((share) => share === null)).toEqual([]);
    expect((await folder.groups(named.out)).filter((group) => group.includes(',')).length).toBeGreaterThan(60);
  });

  it('a hundred rows that are all equal but for their ids', async () => {
    const lines = Array.from({ length: 100 }, (_, at) => `r${at},Gribble,Inventley,1950-02-03,ZZ1 1AB`);
    await answers(
      csv(lines),
      ids(lines),
      '--settings',
      await folder.file(
        's.json',
        '{"id":"id","comparisons":[{"columns":["given_name","surname"],"kind":"name"},{"columns":["dob"],"kind":"date"}]}',
      ),
    );
  });

  it('Windows lines, a byte-order mark, quotes with commas and lines in them', async () => {
    const content = `\ufeff${HEADING}\r\nr1,"Gribble ""G"", the first",Inventley,1950-02-03,"ZZ1\n1AB"\r\nr2,Zork,Fictive,1987-11-29,QX9 2CD\r\n`;
    await answers(content, ['r1', 'r2']);
  });

  it('lines that end in CR alone, and CRLF among LF', async () => {
    await answers(csv(people(6)).replaceAll('\n', '\r'), ids(people(6)));
    await answers(`${HEADING}\r\n${people(6).join('\n')}\r\n\n`, ids(people(6)));
  });

  it('headings and cells that are words of the machine', async () => {
    const words = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const lines = people(40).map((line, at) => `${line},${words[at % 4]},${words[(at + 1) % 3]}`);
    await answers(csv(lines, `${HEADING},__proto__,constructor`), ids(lines));
  });

  it('the same file on both sides: every record is its own partner', async () => {
    await folder.file('same.csv', csv(people(60)));
    const { code, out, written } = await ran('same.csv', 'same.csv', '--one-to-one');
    expect({ code, written }).toEqual({ code: 0, written: WHOLE });
    const clusters = (await folder.read(out, 'clusters.csv')).trim().split('\n').slice(1);
    expect(clusters).toHaveLength(120);
    const linked = (await folder.read(out, 'pairs.csv'))
      .trim()
      .split('\n')
      .slice(1)
      .filter((line) => line.endsWith(',1'));
    expect(linked).toHaveLength(60);
    expect(linked.every((line) => line.split(',')[0] === line.split(',')[1])).toBe(true);
  });

  it('a person’s forty equal records are one person', async () => {
    const lines = [
      ...people(200),
      ...Array.from({ length: 40 }, (_, at) => `t${at},Wexby,Oftenseen,1961-07-08,ZZ7 7QX`),
    ];
    const { out } = await answers(csv(lines), ids(lines));
    expect(
      (await folder.groups(out)).filter((group) => group.includes('t0')).map((group) => group.split(',').length),
    ).toEqual([40]);
  });
});

/** As `folder.run`, where no file may grow beyond a few hundred bytes: as on a full disk, writing fails half way. */
const runShortOfRoom = (out: string, ...args: string[]): { status: number | null; stderr: string } => {
  const program = fileURLToPath(new URL('../../apps/connector/bin/mash.js', import.meta.url));
  const command = 'ulimit -f 1; exec "$0" "$@"';
  return spawnSync('sh', ['-c', command, process.execPath, program, 'link', ...args, '--out', out], {
    cwd: folder.dir,
    encoding: 'utf8',
    timeout: 60_000,
  });
};

describe('an earlier answer', () => {
  it('stays whole when there is no room for the next, of which nothing is left', async () => {
    await folder.file('many.csv', csv(people(400)));
    expect((await folder.run('full', 'many.csv')).code).toBe(0);
    const before = await Promise.all(WHOLE.map((name) => folder.read('full', name)));
    const { status, stderr } = runShortOfRoom('full', 'many.csv', '--keep', '-9');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/The results cannot be written to full: a file would be larger than is allowed/),
    });
    expect(await folder.written('full')).toEqual(WHOLE);
    expect(await Promise.all(WHOLE.map((name) => folder.read('full', name)))).toEqual(before);
  });

  it('stays whole when a later run fails', async () => {
    await folder.file('good.csv', csv(people(30)));
    expect((await folder.run('kept', 'good.csv')).code).toBe(0);
    const before = await Promise.all(WHOLE.map((name) => folder.read('kept', name)));
    await folder.file('bad.csv', csv([...people(30), 'r99,Zork']));
    expect((await folder.run('kept', 'bad.csv')).code).toBe(1);
    expect(await folder.written('kept')).toEqual(WHOLE);
    expect(await Promise.all(WHOLE.map((name) => folder.read('kept', name)))).toEqual(before);
  });
});
