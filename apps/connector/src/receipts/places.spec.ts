import { describe, expect, it } from '@jest/globals';
import { correctionsCsv } from './corrections.js';
import { columnOf } from './places.js';

const columns = {
  Surname: 'person.surname',
  'Addr 1': 'person.addresses.0.lines.0',
  Postcode: 'person.addresses.0.postcode',
  Incidents: 'incidents',
};

describe('the column of a field', () => {
  it.each([
    ['person.surname', 'Surname'],
    ['person.addresses.0', 'Addr 1 / Postcode'],
    ['person.addresses.0.postcode', 'Postcode'],
    ['incidents.3.at', 'Incidents'],
    ['person.dateOfBirth', ''],
    ['', ''],
  ])('of "%s" is "%s"', (path, heading) => {
    expect(columnOf(columns, path)).toBe(heading);
  });
});

describe('the rows to correct', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('no cell begins as the formula %j', (text) => {
    const csv = correctionsCsv(
      [
        {
          format: 'mash.receipt/1',
          submission: '6a1f0b52-63f5-4c15-8f0c-3a3f0a3c9d11',
          batch: 1,
          status: 'partly',
          accepted: 0,
          quarantined: [{ row: 1, recordRef: text, errors: [{ path: 'person', code: 'missing', message: text }] }],
          audit: { index: 1, proof: 'p' },
        },
      ],
      () => ({ line: 2, column: text }),
    );
    const cells = csv.slice(csv.indexOf('\n') + 1).split(',');
    expect(cells.filter((cell) => cell.includes(text[text.length - 1]!) && /^"?[=+\-@\t\r＝]/.test(cell))).toEqual([]);
  });
});
