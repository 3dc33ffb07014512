import { mayBeEndless } from './endless-pattern.js';
import { dateReader } from './sql-dates.js';
import { STRICT, type Value, WITH_NULLS } from './sql-functions.js';
import type { Expression } from './sql-parser.js';
import { NotUnderstood } from './sql-tokens.js';

/** What a condition speaks of, for one pair. */
export interface Pair {
  /** Values, in the order of the names asked for. */
  values: Value[];
  /** Per comparison what it found, in Splink's numbers. */
  found: number[];
}

export type Compiled = (pair: Pair) => Value;

/** Where names lead. Each gives a place in the pair's `values` or `found`, or null where there is no such thing. */
export interface Names {
  value(name: string): number;
  found(comparison: string): number | null;
}

type Locals = Map<string, { value: Value }>;

/**
 * An expression as a function. Null is SQL's: unknown.
 * @throws NotUnderstood with the name of what it does not know
 */
export function compileSql(expression: Expression, names: Names, locals: Locals = new Map()): Compiled {
  const compile = (one: Expression): Compiled => compileSql(one, names, locals);
  switch (expression.kind) {
    case 'value':
      return () => expression.value;
    case 'name':
      return nameOf(expression.name, names, locals);
    case 'list': {
      const items = expression.items.map(compile);
      return (pair) => items.map((item) => item(pair));
    }
    case 'case': {
      const of = expression.of === null ? null : compile(expression.of);
      const whens = expression.whens.map(([when, then]) => [compile(when), compile(then)] as const);
      const otherwise = compile(expression.otherwise);
      return (pair) => {
        const value = of?.(pair);
        const hit = whens.find(([when]) =>
          of === null ? when(pair) === true : when(pair) === value && value !== null,
        );
        return (hit?.[1] ?? otherwise)(pair);
      };
    }
    case 'item':
      return itemOf(expression, compile);
    case 'call':
      return callOf(expression, names, locals, compile);
    default:
      throw new NotUnderstood('a lambda where a value should be');
  }
}

function nameOf(name: string, names: Names, locals: Locals): Compiled {
  const local = locals.get(name);
  if (local !== undefined) return () => local.value;
  if (name.startsWith('gamma_')) {
    const found = names.found(name.slice('gamma_'.length));
    if (found !== null) return (pair) => pair.found[found]!;
  }
  const place = names.value(name);
  return (pair) => pair.values[place]!;
}

function itemOf(
  { of, from, to, slice }: Extract<Expression, { kind: 'item' }>,
  compile: (one: Expression) => Compiled,
): Compiled {
  const [list, first, last] = [compile(of), compile(from), to === null ? null : compile(to)];
  return (pair) => {
    const [all, start] = [list(pair), first(pair)];
    if (all === null || start === null) return null;
    const items = Array.isArray(all) ? all : Array.from(String(all));
    if (!slice) return items[Number(start) - 1] ?? null;
    const end = last === null ? items.length : Number(last(pair));
    const cut = items.slice(Math.max(0, Number(start) - 1), end);
    return Array.isArray(all) ? cut : cut.join('');
  };
}

/** What functions that take a lambda do with a list. */
const OVER_LISTS = new Map([
  ['list_filter', 'filter'],
  ['filter', 'filter'],
  ['list_transform', 'map'],
  ['transform', 'map'],
  ['array_transform', 'map'],
]);

function callOf(
  { name, args }: Extract<Expression, { kind: 'call' }>,
  names: Names,
  locals: Locals,
  compile: (one: Expression) => Compiled,
): Compiled {
  const over = OVER_LISTS.get(name);
  if (over !== undefined) return withLambda(over, args, names, locals);
  if (name === 'identifier' && args[0]?.kind === 'value') return nameOf(String(args[0].value), names, locals);
  if (name === 'try_strptime' || name === 'strptime') return dateOf(args, compile);
  if (name.startsWith('regexp_')) checkPattern(args[1]);
  const parts = args.map(compile);
  if (name === 'and' || name === 'or') {
    const decides = name === 'or';
    return (pair) => {
      let unknown = false;
      for (const part of parts) {
        const value = part(pair);
        if (value === decides) return decides;
        if (value === null) unknown = true;
      }
      return unknown ? null : !decides;
    };
  }
  if (name === 'in') {
    return (pair) => {
      const [value, ...list] = parts.map((part) => part(pair));
      if (value === null) return null;
      return list.includes(value!) ? true : list.includes(null) ? null : false;
    };
  }
  if (name.startsWith('cast as ')) return castOf(name.slice('cast as '.length), parts[0]!);
  const withNulls = Object.hasOwn(WITH_NULLS, name) ? WITH_NULLS[name]! : null;
  if (withNulls !== null) return (pair) => withNulls(...parts.map((part) => part(pair)));
  const strict = Object.hasOwn(STRICT, name) ? STRICT[name]! : null;
  if (strict === null) throw new NotUnderstood(`the function ${name}`);
  return (pair) => {
    const values: NonNullable<Value>[] = [];
    for (const part of parts) {
      const value = part(pair);
      if (value === null) return null;
      values.push(value);
    }
    return strict(...values);
  };
}

function withLambda(over: string, args: readonly Expression[], names: Names, locals: Locals): Compiled {
  const [list, lambda] = args;
  if (list === undefined || lambda?.kind !== 'lambda' || lambda.names.length !== 1)
    throw new NotUnderstood('a list function without a lambda of one name');
  const own = { value: null as Value };
  const all = compileSql(list, names, locals);
  const body = compileSql(lambda.body, names, new Map([...locals, [lambda.names[0]!, own]]));
  return (pair) => {
    const items = all(pair);
    if (items === null) return null;
    const made = (items as Value[]).map((item) => {
      own.value = item;
      return [item, body(pair)] as const;
    });
    return over === 'filter'
      ? made.filter(([, keep]) => keep === true).map(([item]) => item)
      : made.map(([, value]) => value);
  };
}

function dateOf(args: readonly Expression[], compile: (one: Expression) => Compiled): Compiled {
  const format = args[1];
  if (format?.kind !== 'value' || typeof format.value !== 'string')
    throw new NotUnderstood('a date format that is no text');
  const [text, read] = [compile(args[0]!), dateReader(format.value)];
  return (pair) => {
    const value = text(pair);
    return value === null ? null : read(String(value));
  };
}

function castOf(type: string, value: Compiled): Compiled {
  if (/^(varchar|text|string)$/.test(type)) return (pair) => textOf(value(pair));
  if (!/^(int|integer|bigint|double|float|float8|real)$/.test(type)) throw new NotUnderstood(`the type ${type}`);
  const whole = /int/.test(type);
  return (pair) => {
    const given = value(pair);
    if (given === null || (typeof given === 'string' && given.trim() === '')) return null;
    const number = Number(given);
    return Number.isNaN(number) ? null : whole ? Math.round(number) : number;
  };
}

/** @throws NotUnderstood on patterns that are no plain text, not JavaScript's too, or endless there */
function checkPattern(pattern: Expression | undefined): void {
  if (pattern?.kind !== 'value' || typeof pattern.value !== 'string')
    throw new NotUnderstood('a pattern that is no text');
  try {
    new RegExp(pattern.value);
  } catch {
    throw new NotUnderstood(`the pattern ${pattern.value}`);
  }
  if (mayBeEndless(pattern.value)) throw new NotUnderstood(`the pattern ${pattern.value}, which may never end`);
}

function textOf(value: Value): Value {
  return value === null ? null : String(value);
}
