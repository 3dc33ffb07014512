import type { FeedName } from '../../feed.js';
import { headingWords } from './heading-words.js';
import { FEED_HEADINGS, PERSON_HEADINGS } from './known-headings.js';
import { mainPerson, targetsOf } from './targets.js';

const squeezed = (words: string) => words.replaceAll(' ', '');

/** Words before a heading that say whose it is, or of which table. */
const WHOSE =
  /^(?:(?:main|lead|current|primary|first|l) )?(?:tenant|tenancy|client|customer|cust|applicant|app|person|per|par per|par|lpar per|lpar|lpar tcy|victim|service user|su|resident|occupant|occ|contact|property|the|my|member|case|account|rac|tcy|ltcy|u)(?: 1)? /;

const PERSONS =
  /^(?:main |lead |l )?(?:tenant|client|customer|cust|applicant|app|person|per|par|victim|service user|su|resident)\b/;

export interface HeadingGuess {
  path: string;
  how: 'sure' | 'likely';
}

const tables = new Map<FeedName, Map<string, string>>();

function tableOf(feed: FeedName): Map<string, string> {
  let table = tables.get(feed);
  if (table) return table;
  table = new Map();
  const main = mainPerson(feed);
  const put = (heading: string, path: string) => {
    const key = squeezed(headingWords(heading));
    if (key !== '' && !table!.has(key)) table!.set(key, path);
  };
  const lines = (text: string, at = '') => {
    for (const line of text.trim().split('\n')) {
      const colon = line.indexOf(':');
      for (const heading of line.slice(colon + 1).split(',')) put(heading, at + line.slice(0, colon));
    }
  };
  lines(FEED_HEADINGS[feed]);
  // A path of the feed itself is a heading of it too: what other programs of ours write.
  const places = [...targetsOf(feed).keys()].filter((path) => !path.includes('#'));
  for (const path of places) put(path, path);
  for (const path of places) put(path.replace(`${main}.`, ''), path);
  lines(PERSON_HEADINGS, `${main}.`);
  tables.set(feed, table);
  return table;
}

/** What a column is, by its heading alone; undefined where nobody can say. */
export function guessByHeading(feed: FeedName, heading: string): HeadingGuess | undefined {
  const table = tableOf(feed);
  let words = headingWords(heading);
  const exact = table.get(squeezed(words)) ?? table.get(squeezed(heading.toLowerCase().replace(/[^a-z0-9]/g, '')));
  if (exact) return { path: exact, how: 'sure' };
  // Another person's name, or a note about one, is not the tenant's.
  if (
    /\b(?:officer|landlord|agent|next of kin|nok|emergency|contact name|worker|user name|username|created|modified|updated|gp|manager)\b/.test(
      words,
    )
  )
    return undefined;
  for (let cut = 0; cut < 3; cut++) {
    const rest = words.replace(WHOSE, '').replace(/ (?:1|code|value|text|full|\(?text\)?)$/, '');
    if (rest === words) return undefined;
    words = rest;
    const path = table.get(squeezed(words));
    // The reference of a home or an account is not that of the record, and its type or status not the person's.
    if (path && !(path === 'recordRef' && !PERSONS.test(headingWords(heading)))) return { path, how: 'likely' };
  }
  return undefined;
}
