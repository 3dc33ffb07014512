import type { PersonInput } from '../src/index.js';

/** As much of a feed's person block as linkage reads. */
interface Block {
  surname?: string;
  forenames?: string[];
  aliases?: { surname?: string; forenames?: string[] }[];
  dateOfBirth?: string;
  sex?: string;
  nhsNumber?: string;
  niNumber?: string;
  telephones?: string[];
  emails?: string[];
  addresses?: PersonInput['addresses'];
}

/** As much of a generated county as judging needs; `mash generate` makes it. */
export interface CountyLike {
  people: { personId: string; tradition: string }[];
  feeds: { agency: string; feed: string; rows: { recordRef: string }[] }[];
  truth: { agency: string; feed: string; recordRef: string; personId: string; part: string }[];
}

/** One person named by one row, and who it truly is. */
export interface Mention {
  row: string;
  part: string;
  isSubject: boolean;
  personId: string;
  tradition: string;
  person: PersonInput;
}

const SUBJECT_FEEDS = new Set(['dv-service', 'marac-referral']);
/** People a row names only in passing (relatives in a service's row) repeat other rows' blocks in short: not judged. */
const IN_FULL = /^(person|victim|(perpetrators|parties)\.\d+)$/;

/** Everybody a county's rows name with a person block of their own. */
export function mentionsOf(county: CountyLike): Mention[] {
  const traditions = new Map(county.people.map(({ personId, tradition }) => [personId, tradition]));
  const rows = new Map<string, unknown>();
  for (const { agency, feed, rows: sent } of county.feeds) {
    for (const row of sent) rows.set(`${agency}/${feed}/${row.recordRef}`, row);
  }
  const mentions: Mention[] = [];
  for (const { agency, feed, recordRef, personId, part } of county.truth) {
    const inFull = IN_FULL.test(part) || (feed === 'marac-referral' && part.startsWith('children.'));
    const row = `${agency}/${feed}/${recordRef}`;
    const block = inFull ? blockAt(rows.get(row), part) : undefined;
    if (!block) continue;
    const tradition = traditions.get(personId) ?? 'unknown';
    mentions.push({ row, part, isSubject: SUBJECT_FEEDS.has(feed), personId, tradition, person: inputOf(block) });
  }
  return mentions;
}

function blockAt(row: unknown, part: string): Block | undefined {
  let found = row as Record<string, unknown> | undefined;
  for (const step of part.split('.')) found = found?.[step] as Record<string, unknown> | undefined;
  return (found?.['person'] as Block | undefined) ?? (found as Block | undefined);
}

function inputOf(block: Block): PersonInput {
  const { surname, forenames, aliases, dateOfBirth, sex, nhsNumber, niNumber } = block;
  const named = (name: { surname?: string; forenames?: string[] }) => ({
    ...(name.surname ? { surname: name.surname } : {}),
    forenames: name.forenames ?? [],
  });
  return {
    names: [named({ ...(surname ? { surname } : {}), forenames: forenames ?? [] }), ...(aliases ?? []).map(named)],
    ...(dateOfBirth ? { dateOfBirth } : {}),
    ...(sex ? { sex } : {}),
    ...(nhsNumber ? { nhsNumber } : {}),
    ...(niNumber ? { niNumber } : {}),
    telephones: block.telephones ?? [],
    emails: block.emails ?? [],
    addresses: block.addresses ?? [],
  };
}
