import { describe, expect, it } from '@jest/globals';
import type { MatchRow } from './match.repository.js';
import { scoreOf, settling, waterfall } from './evidence.js';
import type { OpenedPair } from './opened-pair.js';

/** As matching kept it when weights were still fixed by hand. */
const stored = {
  weight: 5.5,
  probability: 0.98,
  model: 'county-2026-1',
  evidence: {
    fields: [
      { field: 'prior', level: 'prior', weight: -14.3, text: 'before anything is compared' },
      {
        field: 'surname',
        level: 'swapped',
        weight: 6.6,
        text: 'surname and forename are written in each other’s place',
      },
      { field: 'forename', level: 'swapped', weight: 7.2, text: 'forename and surname are exchanged; common name' },
      { field: 'dateOfBirth', level: 'exact', weight: 14.5, text: 'birth date agrees exactly' },
      { field: 'household guard', level: 'household', weight: -8.5, text: 'another member of the household' },
    ],
  },
} as unknown as MatchRow;
const side = (person: object) => ({ person }) as unknown as OpenedPair['subject'];
const pair = {
  subject: side({ surname: 'Examplewood', forenames: ['Testina'], dateOfBirth: '1990-04-02' }),
  record: side({ surname: 'Examplewood', forenames: ['Testina'] }),
} as unknown as OpenedPair;

describe('a match scored with a model that is gone', () => {
  it('shows the evidence it was proposed on', () => {
    const score = scoreOf(stored, pair);
    expect(score).toEqual({ weight: 5.5, probability: 0.98, fields: stored.evidence.fields });
    expect(waterfall(score)).toContain('Household guard');
  });

  it('is scored by the current model where it kept no evidence, and asks for what is missing by it', () => {
    const bare = { ...stored, evidence: {} } as MatchRow;
    const { weight, fields } = scoreOf(bare, pair);
    expect(fields.reduce((sum, field) => sum + field.weight, 0)).toBeCloseTo(weight, 9);
    expect(settling(bare, pair).map(({ label }) => label)).toContain('Date of birth');
  });
});
