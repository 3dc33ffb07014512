import { FEEDS, peopleIn, type FeedName, type PersonBlock } from '#contracts';
import type { County } from '../../apps/connector/src/generating/index.js';

/** Texts long and rare enough that finding one means person data is there, not chance. */
export class Needles {
  private readonly byStart = new Map<number, Buffer[]>();
  private readonly starts = new Uint8Array(1 << 24);
  readonly count: number;
  longest = 0;

  constructor(texts: Iterable<string>) {
    const all = new Set([...texts].filter((text) => Buffer.byteLength(text) >= 7));
    for (const text of all) {
      const bytes = Buffer.from(text);
      const start = bytes.readUIntBE(0, 3);
      this.starts[start] = 1;
      const list = this.byStart.get(start);
      if (list) list.push(bytes);
      else this.byStart.set(start, [bytes]);
      this.longest = Math.max(this.longest, bytes.length);
    }
    this.count = all.size;
  }

  /**
   * @param from occurrences that end at or before this offset were counted with the piece before
   * @returns how many needles stand in the haystack
   */
  countIn(haystack: Buffer, from: number): number {
    let found = 0;
    for (let at = 0; at + 3 <= haystack.length; at++) {
      const start = (haystack[at]! << 16) | (haystack[at + 1]! << 8) | haystack[at + 2]!;
      if (this.starts[start] === 0) continue;
      for (const needle of this.byStart.get(start)!)
        if (
          at + needle.length > from &&
          needle.length <= haystack.length - at &&
          haystack.compare(needle, 0, needle.length, at, at + needle.length) === 0
        )
          found++;
    }
    return found;
  }
}

/** Names in full, first lines of addresses, telephones, e-mails and numbers of everybody any agency sent a row about. */
export function needlesOf(county: County): Needles {
  const texts = new Set<string>();
  for (const { feed, rows } of county.feeds) {
    if (!(FEEDS as readonly string[]).includes(feed)) continue;
    for (const row of rows)
      for (const person of peopleOf(feed, row)) for (const text of textsOf(person)) texts.add(text);
  }
  return new Needles(texts);
}

function peopleOf(feed: FeedName, row: object): PersonBlock[] {
  try {
    return peopleIn(feed, row as never).map(({ person }) => person);
  } catch {
    return [];
  }
}

function* textsOf(person: PersonBlock): Generator<string> {
  const { surname, forenames } = person;
  if (surname && forenames?.[0]) {
    yield `${forenames[0]} ${surname}`;
    yield `"surname":"${surname}"`;
    yield `${surname}, ${forenames[0]}`;
  }
  for (const value of [person.nhsNumber, person.niNumber, ...(person.emails ?? []), ...(person.telephones ?? [])])
    if (value) yield value;
  for (const address of person.addresses ?? []) {
    const first = address.lines?.[0];
    if (first && /^\d/.test(first)) yield first;
  }
}
