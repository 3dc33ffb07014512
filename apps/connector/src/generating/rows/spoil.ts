import type { PersonBlock } from '#contracts';
import type { Random } from '../random.js';
import type { GeneratedRow, MadeRow } from './row.js';

/** The share of rows an agency sends broken. */
export const SPOILED = 0.005;

const BAD_DATES = ['31/02/1981', '1979-13-04', '1990-02-30', 'not known'];

/** A row as it must not be sent: a date that is none, nobody named, or a code no feed knows. The hub quarantines it. */
export function spoiled(random: Random, made: MadeRow): MadeRow {
  const row = structuredClone(made.row);
  const block = mainPerson(row);
  const kind = random.pick(['date', 'name', 'code'] as const);
  if (kind === 'date') block.dateOfBirth = random.pick(BAD_DATES);
  if (kind === 'name') {
    delete block.surname;
    delete block.forenames;
  }
  if (kind === 'code') Object.assign(made.feed === 'housing' ? row : block, wrongCode(made.feed));
  return { ...made, row, named: made.named.slice(0, 1).map(({ person }) => ({ part: 'bad', person })) };
}

function wrongCode(feed: string): Record<string, string> {
  return feed === 'housing' ? { tenantStatus: 'T9' } : { sex: '9' };
}

/** The block of the person a row is about. */
function mainPerson(row: GeneratedRow): PersonBlock {
  const at = row as { person?: PersonBlock; victim?: PersonBlock; parties?: { person: PersonBlock }[] };
  const block = at.person ?? at.victim ?? at.parties?.[0]?.person;
  if (!block) throw new RangeError('a row about nobody');
  return block;
}
