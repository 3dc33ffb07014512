import type { FeedName, FeedRows } from '#contracts';
import type { IsoDate } from '../dates.js';
import type { Person } from '../people/person.js';
import type { Random } from '../random.js';

export type GeneratedFeed = Exclude<FeedName, 'agency-history'>;
export type GeneratedRow = FeedRows[GeneratedFeed];

/** Where in a row a person stands, and who it truly is: `person`, `victim`, `perpetrators.0`, `children.1`, `parties.0`… */
export interface Named {
  part: string;
  person: Person;
}

/** A row an agency sends, and the people it names; the first of them is its main person. */
export interface MadeRow<F extends GeneratedFeed = GeneratedFeed> {
  agency: string;
  feed: F;
  row: FeedRows[F];
  named: Named[];
}

/** What row makers draw on. */
export interface Desk {
  random: Random;
  asOf: IsoDate;
  references: References;
}

/** Agencies' own numbers: each once per agency and kind, in an order that says nothing. */
export class References {
  private readonly used = new Map<string, number>();

  next(agency: string, kind: string): string {
    const key = `${agency}/${kind}`;
    const n = this.used.get(key) ?? 0;
    this.used.set(key, n + 1);
    return `${kind}${String((n * 61_803_399 + offset(key)) % 100_000_000).padStart(8, '0')}`;
  }
}

/** Where a kind's numbers start: far from other kinds', so that one number does not give away another. */
function offset(key: string): number {
  let sum = 14_142_136;
  for (const letter of key) sum = (sum * 131 + letter.charCodeAt(0)) % 100_000_000;
  return sum;
}
