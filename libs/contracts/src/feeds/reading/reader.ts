/** What a field tells, for the disclosure policy (product.md, "Disclosure policy", rows 4, 7 and 8). */
export type ItemKind = 'ordinary' | 'location' | 'contact' | 'criminal' | 'health';

/** How one field of a row (or of one entry of a list in it) is described and shown. */
export interface FieldReader<From> {
  /** Dotted, without list positions: `person.addresses`, `incidents.location`. The name minimisation lists use. */
  field: string;
  label: string;
  kind: ItemKind;
  /** It names, or may name, somebody who is not the person the row is about. */
  namesThirdParty?: true;
  /** A value that may never be released (rule 5). */
  confidential?: (from: From) => boolean;
  /** One value to show, or one for each entry of a list (undefined where an entry says nothing). */
  read: (from: From) => string | undefined | readonly (string | undefined)[];
}

/** A feed's readers: of the case as a whole, and of the entries that name further people. */
export interface FeedReaders<Row> {
  whole: readonly FieldReader<Row>[];
  /** By the list's name in the row: `children`, `perpetrators`, `parties`, `relatedPeople`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each list has its own entry type; the tables below are checked one by one
  entries?: Readonly<Record<string, readonly FieldReader<any>[]>>;
  /** Lists whose people see the case as a whole too (everybody in an anti-social behaviour case). */
  wholeFor?: readonly string[];
}
