import type { Column, Table } from '../../linking/table.js';
import { answering } from './answering.js';
import { type Compiled, compileSql } from './sql-compiler.js';
import { type Expression, parseSql } from './sql-parser.js';
import { NotUnderstood } from './sql-tokens.js';
import type { SplinkModel } from './splink-model.js';

/** A blocking rule made ready for a table. */
export interface BlockingRule {
  rule: string;
  /** Per row a number for what it has on either side of the rule's equalities; 0 where it has none. */
  left: Uint32Array;
  right: Uint32Array;
  /** What else must hold of a pair; null: nothing. */
  also: ((i: number, j: number) => boolean) | null;
}

/**
 * Blocking rules over a table's rows: equalities of something of `l.` with something of `r.`, joined by AND with other
 * conditions if there are any. Rules without an equality, and what else is not known here, are named in `notUnderstood`.
 */
export function blockingRules(
  model: Pick<SplinkModel, 'blocking' | 'dialect'>,
  table: Table,
): { rules: BlockingRule[]; notUnderstood: { rule: string; why: string }[] } {
  const rules: BlockingRule[] = [];
  const notUnderstood: { rule: string; why: string }[] = [];
  for (const rule of model.blocking) {
    try {
      rules.push({ rule, ...readyFor(table, rule, parseSql(rule, model.dialect)) });
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      notUnderstood.push({ rule, why: error.message });
    }
  }
  return { rules, notUnderstood };
}

/** Columns that rules speak of. */
export function columnsOfRules(rules: readonly string[]): string[] {
  return [...new Set(rules.flatMap((rule) => [...rule.matchAll(NAMES)].map((found) => found[2] ?? found[3]!)))];
}

const NAMES = /\b([lr])\.(?:["`]([^"`]+)["`]|(\w+))/gi;

function readyFor(table: Table, text: string, rule: Expression): Omit<BlockingRule, 'rule'> {
  const called = `the blocking rule "${text}"`;
  const conditions = conjuncts(rule);
  const sides = conditions.map(sidesOf);
  const equal = sides.filter((one) => one !== null);
  if (equal.length === 0) throw new NotUnderstood('no equality of the two sides in it');
  const others = conditions.filter((_, at) => sides[at] === null).map((one) => valueOf(one, table, called));
  const ids = new Map<string, number>();
  const left = numbered(
    equal.map(([l]) => l),
    table,
    called,
    ids,
  );
  const right = numbered(
    equal.map(([, r]) => r),
    table,
    called,
    ids,
  );
  const also = others.length === 0 ? null : (i: number, j: number) => others.every((holds) => holds(i, j) === true);
  return { left, right, also };
}

function conjuncts(rule: Expression): Expression[] {
  return rule.kind === 'call' && rule.name === 'and' ? rule.args.flatMap(conjuncts) : [rule];
}

/** The side over `l.` and the one over `r.` of an equality; null for any other condition. */
function sidesOf(condition: Expression): [Expression, Expression] | null {
  if (condition.kind !== 'call' || condition.name !== '=') return null;
  const [a, b] = condition.args as [Expression, Expression];
  const [x, y] = [sideOf(a), sideOf(b)];
  return x === 'l' && y === 'r' ? [a, b] : x === 'r' && y === 'l' ? [b, a] : null;
}

function sideOf(expression: Expression): string {
  const found = JSON.stringify(expression).matchAll(/"kind":"name","name":"([lr])\./gi);
  return [...new Set([...found].map((one) => one[1]!.toLowerCase()))].join('');
}

function numbered(sides: readonly Expression[], table: Table, called: string, ids: Map<string, number>): Uint32Array {
  const values = sides.map((side) => valueOf(side, table, called));
  return Uint32Array.from({ length: table.rows }, (_, row) => {
    const found = values.map((value) => value(row, row));
    if (found.includes(null)) return 0;
    const key = JSON.stringify(found);
    let id = ids.get(key);
    if (id === undefined) ids.set(key, (id = ids.size + 1));
    return id;
  });
}

/** What an expression gives for two rows. @throws NotUnderstood */
function valueOf(expression: Expression, table: Table, called: string): (i: number, j: number) => ReturnType<Compiled> {
  const used: { column: Column; isLeft: boolean }[] = [];
  const compiled = compileSql(expression, {
    value: (name) => {
      const plain = /^[lr]\.(.+)$/is.exec(name)?.[1];
      const column =
        table.columns.find((one) => one.name === plain) ??
        table.columns.find((one) => one.name.toLowerCase() === plain?.toLowerCase());
      if (column === undefined) throw new NotUnderstood(`the column ${name}`);
      return used.push({ column, isLeft: /^l/i.test(name) }) - 1;
    },
    found: () => null,
  });
  const answer = answering(compiled, called);
  return (i, j) => {
    const values = used.map(({ column: { values: texts, codes }, isLeft }) => {
      const code = codes[isLeft ? i : j]!;
      return code === 0 ? null : texts[code]!;
    });
    return answer({ values, found: [] });
  };
}
