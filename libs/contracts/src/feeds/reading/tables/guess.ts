import type { FeedName } from '../../feed.js';
import { headingWords } from './heading-words.js';
import { guessByHeading } from './headings.js';
import type { ColumnProfile, Looks } from './profile.js';
import { mainPerson, targetOf, targetWords, type ValueKind } from './targets.js';

/** How sure a guess is. `given`: by a mapping file. `not-sent`: nobody can say what it is, or its place is taken. */
export type Sureness = 'given' | 'sure' | 'likely' | 'guess' | 'not-sent';

export interface ColumnGuess {
  column: string;
  /** Places it fills; empty where it is not sent. */
  to: string[];
  sure: Sureness;
  /** In words, where there is something to say. Never a value. */
  why?: string;
}

export interface MissingField {
  path: string;
  words: string;
  /** A column that may be meant. */
  likely?: string;
}

export interface GuessedColumns {
  columns: ColumnGuess[];
  missing: MissingField[];
}

/** What values of these looks say a column is, where its heading does not. */
const BY_LOOKS: Partial<Record<Looks, string>> = {
  nhs: 'nhsNumber',
  ni: 'niNumber',
  email: 'emails.0',
  postcode: 'addresses.0.postcode',
  'comma-name': 'name',
};

/** Values that look like this cannot be meant for a place of another kind. */
const ONLY_FOR: Partial<Record<Looks, ValueKind[]>> = {
  nhs: ['nhs', 'ref', 'phone'],
  ni: ['ni', 'ref'],
  email: ['email'],
  postcode: ['postcode', 'address', 'line', 'ref'],
  date: ['date', 'moment', 'birth-date', 'time', 'ref', 'text', 'yes-no-or'],
};

/** Headings of somebody else's details, or of a second person's: never taken for the row's person by what they look like. */
const SOMEBODY_ELSE =
  /\b(?:officer|landlord|agent|kin|nok|emergency|worker|gp|manager|partner|spouse|guarantor|joint|second|other|previous|former|employer|referrer|perpetrator|abuser|child|school|social|doctor|created|user|by|relative|parent|mother|father|2|3|4|new|forwarding|correspondence)\b/;

/** "Field 2" says nothing; "Telephone 2" or "Tenant 2" may be another person's. */
function isSomebodyElses(heading: string): boolean {
  const words = headingWords(heading);
  return SOMEBODY_ELSE.test(words) && !/^(?:field|column|col|f) \d+$/.test(words);
}

/**
 * What each column of a file is, from its heading and, where they are known, its values.
 * @param profiles beside `columns`, or none; `rows` is how many rows they saw
 */
export function guessColumns(
  feed: FeedName,
  columns: string[],
  profiles: ColumnProfile[] = [],
  rows = 0,
): GuessedColumns {
  const guesses = columns.map((column): ColumnGuess => ({ column, to: [], sure: 'not-sent' }));
  const taken = new Set<string>();
  const main = mainPerson(feed);
  const place = (index: number, path: string, sure: Sureness, why?: string): void => {
    taken.add(path);
    guesses[index] = { column: columns[index]!, to: [path], sure, ...(why ? { why } : {}) };
  };

  const byHeading = columns.map((column) => guessByHeading(feed, column));
  for (const wanted of ['sure', 'likely'] as const)
    byHeading.forEach((guess, index) => {
      if (guess?.how !== wanted) return;
      const kind = targetOf(feed, guess.path)!.kind;
      const looks = contradicting(kind, profiles[index]);
      if (looks)
        guesses[index]!.why =
          `its heading says ${targetWords(guess.path).toLowerCase()}, but its values look like ${LOOKS_WORDS[looks]}`;
      else {
        const free = freePlace(guess.path, taken);
        if (free) place(index, free, wanted);
        else guesses[index]!.why = `another column is ${targetWords(guess.path).toLowerCase()} already`;
      }
    });

  guesses.forEach((guess, index) => {
    const looks = profiles[index]?.filled ? profiles[index]!.looks() : 'text';
    const path = BY_LOOKS[looks] && `${main}.${BY_LOOKS[looks]}`;
    if (guess.to.length > 0 || !path || taken.has(path) || isSomebodyElses(guess.column)) return;
    if (path.endsWith('.name') && (taken.has(`${main}.surname`) || taken.has(`${main}.forenames`))) return;
    place(index, path, 'guess', `its values look like ${LOOKS_WORDS[looks]}`);
  });

  settleNames(guesses, main, taken);
  settleAddress(guesses, main, taken);
  settleReference(guesses, profiles, rows, taken);
  return { columns: guesses, missing: missingFields(feed, guesses, profiles, taken) };
}

const LOOKS_WORDS: Record<Looks, string> = {
  nhs: 'NHS numbers',
  ni: 'National Insurance numbers',
  postcode: 'postcodes',
  email: 'email addresses',
  phone: 'telephone numbers',
  date: 'dates',
  'yes-no': 'yes and no',
  money: 'amounts of money',
  number: 'numbers',
  title: 'titles',
  sex: 'sexes',
  'comma-name': 'names with a comma',
  text: 'text',
};

function contradicting(kind: ValueKind, profile: ColumnProfile | undefined): Looks | undefined {
  if (!profile || profile.filled < 3) return undefined;
  const looks = profile.looks();
  const fits = ONLY_FOR[looks];
  return fits && !fits.includes(kind) ? looks : undefined;
}

/** No two columns fill one place: a further telephone or e-mail goes beside the others, a further forename behind the first. */
function freePlace(path: string, taken: Set<string>): string | undefined {
  if (!taken.has(path)) return path;
  const list = /^(.*\.(?:telephones|emails))\.\d+$/.exec(path)?.[1];
  if (!list) return undefined;
  for (let i = 0; ; i++) if (!taken.has(`${list}.${i}`)) return `${list}.${i}`;
}

/** "Name" beside "Forename" is the surname; beside surname and forenames it says nothing new. A middle name joins the forenames. */
function settleNames(guesses: ColumnGuess[], main: string, taken: Set<string>): void {
  const whole = guesses.find(({ to }) => to[0] === `${main}.name`);
  if (whole && taken.has(`${main}.surname`)) {
    Object.assign(whole, { to: [], sure: 'not-sent', why: 'the name is in columns of its own' });
    taken.delete(`${main}.name`);
  } else if (whole && taken.has(`${main}.forenames`)) {
    Object.assign(whole, {
      to: [`${main}.surname`],
      sure: 'likely',
      why: 'beside a column of forenames it is the surname',
    });
    taken.add(`${main}.surname`);
  }
  if (!taken.has(`${main}.forenames`)) return;
  for (const guess of guesses)
    if (
      guess.to.length === 0 &&
      /^(?:(?:tenant|client|person|applicant) )?(?:middle|second fore|other fore) ?names?$|forenames? 2$/.test(
        headingWords(guess.column),
      )
    )
      Object.assign(guess, { to: [`${main}.forenames`], sure: 'likely', why: 'joins the forenames' });
}

/** One column of address and no postcode: it is a whole address. */
function settleAddress(guesses: ColumnGuess[], main: string, taken: Set<string>): void {
  const at = `${main}.addresses.0`;
  const only = guesses.find(({ to }) => to[0] === `${at}.lines.0`);
  const parts = ['lines.1', 'lines.2', 'town', 'postcode'].some((part) => taken.has(`${at}.${part}`));
  if (only && !parts && !taken.has(at) && !/\d|line/.test(headingWords(only.column)))
    Object.assign(only, { to: [at], sure: 'likely', why: 'a whole address: it is taken apart' });
  // Lines of their own say it better than the same in one cell.
  const whole = guesses.find(({ to }) => to[0] === at);
  if (whole && taken.has(`${at}.lines.0`) && only?.to[0] !== at)
    Object.assign(whole, { to: [], sure: 'not-sent', why: 'the address is in columns of its own' });
}

/** The columns that can be the record's reference when none is headed so. */
const STAND_IN = ['tenancyRef', 'clientRef', 'caseRef'];

function settleReference(guesses: ColumnGuess[], profiles: ColumnProfile[], rows: number, taken: Set<string>): void {
  const unique = (index: number) =>
    rows > 0 && profiles[index] !== undefined && !profiles[index]!.repeats && profiles[index]!.filled >= rows;
  const named = guesses.findIndex(({ to }) => to.includes('recordRef'));
  if (named >= 0 && (rows === 0 || !profiles[named]?.repeats)) return;
  const index = guesses.findIndex(({ to }, at) => STAND_IN.includes(to[0] ?? '') && unique(at));
  if (index < 0) {
    if (named >= 0) guesses[named]!.why = 'some values stand in several rows: the hub takes each reference once';
    return;
  }
  if (named >= 0)
    guesses[named] = {
      column: guesses[named]!.column,
      to: [],
      sure: 'not-sent',
      why: 'its values stand in several rows',
    };
  guesses[index]!.to.push('recordRef');
  Object.assign(guesses[index]!, { sure: 'likely', why: 'every row has another value: also the record reference' });
  taken.add('recordRef');
}

/** Feeds' own fields no row is taken without. */
const NEEDED: Partial<Record<FeedName, string[]>> = {
  'dv-service': ['role'],
  'agency-history': ['requestRef', 'known'],
};

/** Places a row must have that no column fills, each with the column that may be meant. */
export function missingFields(
  feed: FeedName,
  guesses: ColumnGuess[],
  profiles: ColumnProfile[],
  taken: Set<string> = new Set(guesses.flatMap(({ to }) => to)),
): MissingField[] {
  const main = mainPerson(feed);
  const likely = (pattern: RegExp, looks?: Looks): { likely?: string } => {
    const found = guesses.find(
      ({ column, to }, i) =>
        to.length === 0 &&
        (pattern.test(headingWords(column)) ||
          (looks !== undefined && profiles[i]?.filled && profiles[i]!.looks(0.6) === looks)),
    );
    return found ? { likely: found.column } : {};
  };
  const missing: MissingField[] = [];
  const need = (path: string, hint: { likely?: string }) => missing.push({ path, words: targetWords(path), ...hint });
  if (!taken.has('recordRef')) {
    const standIn = guesses.find(({ to }) => STAND_IN.includes(to[0] ?? ''))?.column;
    need('recordRef', standIn ? { likely: standIn } : likely(/\b(?:reference|id|number|key|code)\b/));
  }
  const named = [...taken].some((path) =>
    path.startsWith(`${main}.`)
      ? /\.(?:name|surname|forenames)$/.test(path)
      : /^person\.(?:name|surname|forenames)$/.test(path),
  );
  const excused =
    feed === 'agency-history' || (feed === 'asb' && [...taken].some((path) => path.startsWith('parties')));
  if (!named && !excused) need(`${main}.surname`, likely(/\bname\b/, 'comma-name'));
  for (const path of NEEDED[feed] ?? [])
    if (!taken.has(path)) need(path, likely(new RegExp(`\\b${headingWords(path).split(' ')[0]}\\b`)));
  return missing;
}
