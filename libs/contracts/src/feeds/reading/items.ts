import type { AgencyKind } from '../../agencies.js';
import type { PersonBlock } from '../blocks/person-block.js';
import type { FeedName, FeedRows } from '../feed.js';
import { personFields } from './fields/person.js';
import type { FeedReaders, FieldReader, ItemKind } from './reader.js';
import { feedReaders } from './readers.js';

/** One field of one record about one person: the unit of disclosure. */
export interface Item {
  /** Its place in the row, unique within it: `person.addresses.0`, `children.1.school`. */
  path: string;
  /** Its name in `fieldCatalogue` and in minimisation lists: `person.addresses`, `children.school`. */
  field: string;
  label: string;
  kind: ItemKind;
  /** As shown to people: "3 November 2026", "£1,234.56". */
  value: string;
  /** May never be released (rule 5). */
  confidential: boolean;
  namesThirdParty?: true;
}

export interface ItemOptions {
  /** Whose items: a `part` of peopleIn. Default the row's own person. */
  part?: string;
  /** Who sent it. What police or probation tell in a history is criminal-offence data, what health tells is health data. */
  sourceKind?: AgencyKind;
}

/** A row's items about one of its people, in a fixed order: the person block, what ties them to the row, the rest. */
export function itemsOf<F extends FeedName>(feed: F, row: FeedRows[F], options: ItemOptions = {}): Item[] {
  const readers: FeedReaders<FeedRows[F]> = feedReaders[feed];
  const main = feed === 'marac-referral' ? 'victim' : 'person';
  const part = options.part ?? main;
  const [list = part, index] = part.split('.');
  if (part === main) {
    const person = (row as Record<string, PersonBlock | undefined>)[main];
    return retold(
      [...(person ? personItems(person, main) : []), ...readItems(readers.whole, row)],
      feed,
      options.sourceKind,
    );
  }
  const entry = (row as Record<string, unknown>)[list];
  const about = Array.isArray(entry) ? (entry[Number(index)] as { person: PersonBlock } | undefined) : undefined;
  if (about === undefined || index === undefined) return [];
  return [
    ...personItems(about.person, `${part}.person`),
    ...readItems(readers.entries?.[list] ?? [], about, (field) => field.replace(list, part)),
    ...(readers.wholeFor?.includes(list) ? readItems(readers.whole, row) : []),
  ];
}

function personItems(person: PersonBlock, at: string): Item[] {
  return readItems(personFields, person, (field) => field.replace('person', at));
}

function readItems<From>(readers: readonly FieldReader<From>[], from: From, place = (field: string) => field): Item[] {
  return readers.flatMap((reader) => {
    const { field, label, kind } = reader;
    const told = reader.read(from);
    const values = typeof told === 'string' || told === undefined ? [told] : told;
    const confidential = reader.confidential?.(from) ?? false;
    const third = reader.namesThirdParty ? { namesThirdParty: reader.namesThirdParty } : {};
    return values.flatMap((value, index): Item[] => {
      if (value === undefined || value === '') return [];
      const path = values === told ? `${place(field)}.${index}` : place(field);
      return [{ path, field, label, kind, value, confidential, ...third }];
    });
  });
}

function retold(items: Item[], feed: FeedName, source: AgencyKind | undefined): Item[] {
  if (feed !== 'agency-history') return items;
  const kind = source === 'police' || source === 'probation' ? 'criminal' : source === 'health' ? 'health' : undefined;
  if (kind === undefined) return items;
  return items.map((item) => (item.field.startsWith('events') ? { ...item, kind } : item));
}
