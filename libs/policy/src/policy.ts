import { PolicyError } from './errors.js';

/** What a purpose needs to know: `{purpose: {role: {category: [fields]}}}`. What is not listed is not necessary. */
export type FieldLists = Record<string, Record<string, Record<string, readonly string[]>>>;

/** A row of the policy's table in plain words. */
export interface RuleText {
  readonly row: number;
  readonly when: string;
  /** What the row can do at best: withhold, redact and go on, or release. */
  readonly outcome: 'withhold' | 'redact' | 'release';
  /** The reason given when the row withholds (row 9: redacts). */
  readonly reason: string;
  /** Ids of the bases the row can release on. */
  readonly bases: readonly string[];
  readonly withheld: string;
  readonly whatWouldChange: string;
}

/** A legal basis in plain words, with where it stands written, when to look at it again, and who approved it. */
export interface Basis {
  readonly title: string;
  readonly text: string;
  /** The basis under Article 6 of the UK GDPR. */
  readonly article6: string;
  /** The condition for special categories (Article 9) and for criminal-offence data (Article 10). */
  readonly condition: string;
  readonly source: { readonly title: string; readonly section: string; readonly url: string };
  readonly reviewDate: string;
  /** The local data protection officer who approved the text; null until then, and then not for real use. */
  readonly approvedBy: string | null;
}

export interface PolicyData {
  readonly version: string;
  readonly fields: FieldLists;
  readonly rules: readonly RuleText[];
  readonly bases: Readonly<Record<string, Basis>>;
}

/** category → the fields that a purpose needs about a person in a role. */
export type NecessaryFields = ReadonlyMap<string, ReadonlySet<string>>;

/** A policy version ready for use. `necessary` is `fields`, indexed: purpose → role → category → fields. */
export interface Policy extends PolicyData {
  readonly necessary: ReadonlyMap<string, ReadonlyMap<string, NecessaryFields>>;
}

const ROWS = 18;

/**
 * Makes a policy from its data files.
 * Errors: `policy_invalid` when a row is missing or out of order, or a row names a basis that has no text.
 */
export function makePolicy(data: PolicyData): Policy {
  if (data.rules.length !== ROWS || data.rules.some((rule, i) => rule.row !== i + 1)) {
    throw new PolicyError('policy_invalid', `policy ${data.version}: rules.json must hold rows 1 to ${ROWS} in order`);
  }
  for (const rule of data.rules) {
    const unexplained = rule.bases.find((basis) => !Object.hasOwn(data.bases, basis));
    if (unexplained)
      throw new PolicyError('policy_invalid', `policy ${data.version}: no text for basis ${unexplained}`);
  }
  return { ...data, necessary: index(data.fields) };
}

// Maps, not the objects themselves: a role called "constructor" must find nothing.
function index(fields: FieldLists): Policy['necessary'] {
  return mapValues(fields, (roles) => mapValues(roles, (categories) => mapValues(categories, (list) => new Set(list))));
}

function mapValues<A, B>(object: Record<string, A>, change: (value: A) => B): Map<string, B> {
  return new Map(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
