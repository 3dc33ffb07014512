import { feedSchemas, personSchema, type FeedName, type RowError } from '#contracts';
import type { z } from 'zod';

/** A field of a feed as an agreement names it: `balance`, or of the person block `person.nhsNumber`. */
export interface AgreeableField {
  name: string;
  /** without it a row of the feed could not be read at all: it is part of every agreement for the feed */
  always: boolean;
}

/** Whom a row is about: without a name no row can be taken. */
const NAMES = ['surname', 'forenames'];
/** Keys under which a row holds a person, however deep: the person block is agreed once for all of them. */
const PEOPLE = ['person', 'victim'];

const block = Object.keys((personSchema as unknown as { shape: object }).shape);

/** Every field of a feed, in the order of its schema; the person block's first. */
export function agreeableFields(feed: FeedName): AgreeableField[] {
  const { shape } = feedSchemas[feed] as unknown as { shape: Record<string, z.ZodType> };
  const own = Object.entries(shape).filter(([name]) => !PEOPLE.includes(name));
  return [
    ...block.map((name) => ({ name: `person.${name}`, always: NAMES.includes(name) })),
    ...own.map(([name, schema]) => ({ name, always: !schema.safeParse(undefined).success })),
  ];
}

/**
 * Takes out of a parsed row what the agreement does not name. A field with no value in it is not missed.
 * @param fields of the agreement; null: every field, and the row is given back as it is
 * @returns the row, and for the receipt what was left out of it (`field_not_agreed`; never the value)
 */
export function withinAgreement<T extends object>(
  feed: FeedName,
  row: T,
  fields: ReadonlySet<string> | null,
): { row: T; left: RowError[] } {
  if (fields === null) return { row, left: [] };
  const kept = structuredClone(row);
  const unnamed = agreeableFields(feed).filter(({ name, always }) => !always && !fields.has(name));
  const ofPeople = unnamed.flatMap(({ name }) => (name.startsWith('person.') ? name.slice('person.'.length) : []));
  const left = takeOut(
    kept,
    unnamed.map(({ name }) => name),
    '',
  );
  for (const { path, person } of people(kept, '')) left.push(...takeOut(person, ofPeople, `${path}.`));
  return { row: kept, left };
}

function takeOut(holder: object, names: readonly string[], at: string): RowError[] {
  const found = names.filter((name) => (holder as Record<string, unknown>)[name] !== undefined);
  for (const name of found) delete (holder as Record<string, unknown>)[name];
  return found.map((name) => ({ path: `${at}${name}`, code: 'field_not_agreed', message: MESSAGE }));
}

function* people(value: unknown, path: string): Generator<{ path: string; person: object }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (PEOPLE.includes(key) && typeof inner === 'object' && inner !== null) yield { path: at, person: inner };
    else yield* people(inner, at);
  }
}

const MESSAGE =
  'Your agreement for this feed does not name this field: it was left out. Stop sending it, or ask the hub to have the agreement changed';
