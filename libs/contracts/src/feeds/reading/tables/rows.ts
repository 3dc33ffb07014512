import type { RowError } from '../../parsing/row-error.js';
import type { FeedName } from '../../feed.js';
import { problemWords, type CellProblemCode } from './cell-problems.js';
import { readCode } from './codes.js';
import { readDate, type DateStyle, type DayOrder } from './dates.js';
import type { FeedMapping } from './mapping.js';
import { namesTwoPeople, readFullName, readTitle } from './person-name.js';
import type { ColumnProfile } from './profile.js';
import { closeUp, forgetName, put, valueAt } from './row-tree.js';
import { targetOf, type ValueKind } from './targets.js';
import {
  readAddress,
  readMoney,
  readNumber,
  readPhones,
  readYesNo,
  saysNothing,
  SCIENTIFIC,
  SPREADSHEET_ERROR,
} from './values.js';

export interface RowFromCells {
  row: Record<string, unknown>;
  /** In words, with paths of the row; they explain better what parseRow then says of the same path. */
  problems: RowError[];
  /** Cells that said "no date" as systems do (00/00/0000, 01/01/1900): counted, not reported. */
  noDates: number;
}

interface Column {
  index: number;
  path: string;
  parts: string[];
  kind: ValueKind;
  style: DateStyle;
  codes: Map<string, string> | undefined;
}

const DATES = new Set<ValueKind>(['date', 'birth-date', 'moment']);
const NAMES = new Set<ValueKind>(['surname', 'forenames', 'full-name']);
const LONG_NUMBERS = new Set<ValueKind>(['nhs', 'uprn', 'phone', 'ref']);
const NEVER_ONLY: ReadonlySet<string> = new Set(['null', '(null)', 'n/a', 'na', 'nil', '-', 'nan']);

export interface RowReaderOptions {
  profiles?: ColumnProfile[] | undefined;
  /** The workbook counts days from 1904. */
  from1904?: boolean | undefined;
  now?: Date | undefined;
}

/** Makes rows of a feed from the cells of a table, as a mapping says. */
export class RowReader {
  private readonly columns: Column[];
  private readonly fixed: [string, string][];

  constructor(
    private readonly feed: FeedName,
    headings: string[],
    mapping: FeedMapping,
    options: RowReaderOptions = {},
  ) {
    this.columns = headings.flatMap((heading, index) =>
      (Object.hasOwn(mapping.columns, heading) ? mapping.columns[heading]! : []).map((given): Column => {
        const path = this.own(given);
        const kind = targetOf(feed, path)?.kind ?? 'text';
        const codes = mapping.codes && Object.hasOwn(mapping.codes, heading) ? mapping.codes[heading] : undefined;
        return {
          index,
          path,
          parts: path.split('.'),
          kind,
          style: {
            order: orderOf(mapping, heading, options.profiles?.[index]),
            from1904: options.from1904 ?? false,
            birth: kind === 'birth-date',
            ...(options.now ? { now: options.now } : {}),
          },
          codes: codes && new Map(Object.entries(codes).map(([code, value]) => [code.trim().toLowerCase(), value])),
        };
      }),
    );
    this.fixed = Object.entries(mapping.fixed ?? {}).map(([path, value]) => [this.own(path), value]);
  }

  /** A referral's person is its victim. */
  private own(path: string): string {
    return this.feed === 'marac-referral' ? path.replace(/^person\b/, 'victim') : path;
  }

  read(cells: readonly (string | undefined)[]): RowFromCells {
    const row: Record<string, unknown> = {};
    const result: RowFromCells = { row, problems: [], noDates: 0 };
    for (const column of this.columns) {
      const text = cells[column.index]?.trim() ?? '';
      if (text !== '') this.take(result, column, text);
    }
    for (const [path, value] of this.fixed) {
      const kind = targetOf(this.feed, path)?.kind ?? 'text';
      this.take(
        result,
        { index: -1, path, parts: path.split('.'), kind, style: { order: 'day-first' }, codes: undefined },
        value,
      );
    }
    for (const { path, code } of result.problems) if (code === 'two_people') forgetName(row, path);
    closeUp(row);
    if (row['deleted'] === true) result.row = { recordRef: row['recordRef'], deleted: true };
    else delete row['deleted'];
    return result;
  }

  private take(result: RowFromCells, column: Column, given: string): void {
    const { path, parts, kind } = column;
    const problem = (code: CellProblemCode, at = path) =>
      result.problems.push({ path: at, code, message: problemWords(code, at) });
    if (given.charCodeAt(0) === 35 && SPREADSHEET_ERROR.test(given)) return void problem('spreadsheet_error');
    const text = column.codes?.get(given.toLowerCase()) ?? given;
    if (!NAMES.has(kind) && saysNothing(text)) {
      // Where an address might be confidential only a plain nothing is one.
      if (!path.endsWith('.confidential') || NEVER_ONLY.has(text.toLowerCase())) return;
    }
    const set = (value: unknown, at = parts) => put(result.row, at, value);
    if (!NAMES.has(kind) && /^[[{]/.test(text)) {
      const json = jsonOf(text);
      if (json !== undefined) return set(json);
    }
    if (DATES.has(kind)) return this.takeDate(result, column, text);
    if (LONG_NUMBERS.has(kind) && SCIENTIFIC.test(text) && (kind !== 'ref' || text.includes('.')))
      return void problem('digits_lost');
    if (NAMES.has(kind) && namesTwoPeople(given))
      return void problem('two_people', path.replace(/\.(?:name|forenames)$/, '.surname'));
    switch (kind) {
      case 'full-name': {
        const name = readFullName(given);
        const at = parts.slice(0, -1);
        if ('problem' in name) return void problem('two_people', [...at, 'surname'].join('.'));
        for (const [key, value] of Object.entries(name)) set(value, [...at, key]);
        return;
      }
      case 'forenames': {
        const names = given.split(/[\s,]+/).filter(Boolean);
        const there = valueAt(result.row, parts);
        return Array.isArray(there) ? void there.push(...names) : set(names);
      }
      case 'title':
        return set(readTitle(text));
      case 'phone': {
        const phones = readPhones(text);
        return set(parts.at(-2) === 'telephones' && phones.length > 1 ? phones : (phones[0] ?? text));
      }
      case 'address':
        for (const [key, value] of Object.entries(readAddress(text))) set(value, [...parts, key]);
        return;
      case 'line':
        if (/^(?:\d{4}-\d{2}-\d{2}|\d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))$/.test(text))
          return void problem('turned_to_date');
        return set(text);
      case 'uprn':
      case 'nhs':
        return set(text.replace(/\.0+$/, ''));
      case 'money':
      case 'number': {
        const value = kind === 'money' ? readMoney(text) : (readNumber(text) ?? readMoney(text));
        if (value === undefined) problem('not_a_number');
        return set(value ?? text);
      }
      case 'yes-no': {
        const value = readYesNo(text);
        if (value === undefined && !path.endsWith('.confidential')) problem('not_yes_or_no');
        return set(value ?? text);
      }
      case 'yes-no-or':
        return set(yesNoOr(path, text, column.style));
      case 'code':
        return set(readCode(path, text));
      case 'words':
        return set(
          text.split(/(?:supportNeeds|repairs)$/.test(path) ? /\s*[;|,\n]\s*/ : /\s*[;|\n]\s*/).filter(Boolean),
        );
      default:
        return set(text);
    }
  }

  private takeDate(result: RowFromCells, { path, parts, kind, style }: Column, text: string): void {
    const date = readDate(text, style);
    if (date === 'missing') return void result.noDates++;
    if ('problem' in date) {
      result.problems.push({ path, code: date.problem, message: problemWords(date.problem, path) });
      return put(result.row, parts, text);
    }
    if (kind === 'moment' && EXACT_MOMENT.test(text)) return put(result.row, parts, text);
    const moment = date.instant ?? (date.time === undefined ? date.iso : `${date.iso}T${date.time}`);
    put(result.row, parts, kind === 'moment' ? moment : date.iso);
  }
}

/** A time the feeds take as it stands. */
const EXACT_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

function orderOf(mapping: FeedMapping, heading: string, profile: ColumnProfile | undefined): DayOrder | undefined {
  const { dates } = mapping;
  if (typeof dates === 'string') return dates;
  if (dates && Object.hasOwn(dates, heading)) return dates[heading];
  const seen = profile?.days.order;
  return seen === 'day-first' || seen === 'month-first' ? seen : undefined;
}

function yesNoOr(path: string, text: string, style: DateStyle): unknown {
  if (path === 'consent') {
    const status = readCode('consent.status', text);
    return /^(?:given|refused|withdrawn|not-asked)$/.test(status) ? { status } : (readYesNo(text) ?? text);
  }
  const answer = readYesNo(text);
  if (answer !== undefined) return answer;
  if (path === 'recordsSecured') {
    const date = readDate(text, style);
    return typeof date === 'object' && 'iso' in date ? date.iso : text;
  }
  return readCode(path, text);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
