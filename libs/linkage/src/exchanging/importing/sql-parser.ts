import { NotUnderstood, type Token, tokensOf } from './sql-tokens.js';

/** An SQL expression. Operators are calls of their signs. */
export type Expression =
  | { kind: 'value'; value: string | number | boolean | null }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'lambda'; names: string[]; body: Expression }
  | { kind: 'case'; of: Expression | null; whens: [Expression, Expression][]; otherwise: Expression }
  | { kind: 'item'; of: Expression; from: Expression; to: Expression | null; slice: boolean };

/** Binding power of what stands between two expressions. */
const POWER: Record<string, number> = {
  OR: 1,
  AND: 2,
  '=': 4,
  '<>': 4,
  '!=': 4,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '||': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '%': 7,
};
const NOTHING: Expression = { kind: 'value', value: null };

/** @throws NotUnderstood */
export function parseSql(sql: string, dialect: 'duckdb' | 'spark'): Expression {
  return new Parser(tokensOf(sql, dialect)).whole();
}

/** Brackets in brackets, and the like. */
const DEEPEST = 500;
/** What is written side by side may be nested too: a::text::text, a + b + c. Whoever walks an expression goes so deep. */
const DEEPEST_FOUND = 1000;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const found = this.expression(0);
    if (this.at < this.tokens.length)
      throw new NotUnderstood(`"${this.tokens[this.at]!.text}" where the condition should end`);
    checkDepth(found);
    return found;
  }

  private is(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    if (token === undefined) return false;
    if (token.kind === 'name') return token.text.toUpperCase() === text;
    return token.kind === 'sign' && token.text === text;
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private need(text: string): void {
    if (!this.take(text))
      throw new NotUnderstood(`${text} is missing before "${this.tokens[this.at]?.text ?? 'the end'}"`);
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new NotUnderstood('a condition that stops short');
    return token;
  }

  private expression(power: number): Expression {
    if (++this.depth > DEEPEST) throw new NotUnderstood('a condition nested too deep');
    const found = this.operators(power);
    this.depth--;
    return found;
  }

  private operators(power: number): Expression {
    let left = this.prefix();
    for (;;) {
      const token = this.tokens[this.at];
      if (token === undefined || token.kind === 'quoted' || token.kind === 'text' || token.kind === 'number')
        return left;
      const sign = token.text.toUpperCase();
      if (power <= 3 && ['IS', 'IN', 'BETWEEN', 'NOT', 'RLIKE'].includes(sign)) {
        left = this.predicate(left);
        continue;
      }
      const own = POWER[sign];
      if (own === undefined || own <= power) return left;
      this.at++;
      const right = this.expression(own);
      // Long chains of AND and OR side by side, not one in the other.
      const name = sign === '!=' ? '<>' : sign.toLowerCase();
      const isChain = (name === 'and' || name === 'or') && left.kind === 'call' && left.name === name;
      if (isChain) (left as { args: Expression[] }).args.push(right);
      else left = { kind: 'call', name, args: [left, right] };
    }
  }

  /** IS [NOT] NULL, [NOT] IN, [NOT] BETWEEN, [NOT] RLIKE. */
  private predicate(left: Expression): Expression {
    const not = (found: Expression, really: boolean): Expression =>
      really ? { kind: 'call', name: 'not', args: [found] } : found;
    if (this.take('IS')) {
      const really = this.take('NOT');
      this.need('NULL');
      return not({ kind: 'call', name: 'is null', args: [left] }, really);
    }
    const really = this.take('NOT');
    if (this.take('IN')) {
      this.need('(');
      return not({ kind: 'call', name: 'in', args: [left, ...this.list(')')] }, really);
    }
    if (this.take('RLIKE'))
      return not({ kind: 'call', name: 'regexp_matches', args: [left, this.expression(4)] }, really);
    this.need('BETWEEN');
    const low = this.expression(4);
    this.need('AND');
    const high = this.expression(4);
    return not({ kind: 'call', name: 'between', args: [left, low, high] }, really);
  }

  private list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      if (items.length > 0) this.need(',');
      items.push(this.argument());
    }
    return items;
  }

  private argument(): Expression {
    const isArrow = this.tokens[this.at]?.kind === 'name' && this.is('->', 1);
    if (this.is('LAMBDA') || isArrow) return this.lambda();
    return this.isLambdaInBrackets() ? this.lambda() : this.expression(0);
  }

  /** `(a, b) ->`: looks no further than the names go. */
  private isLambdaInBrackets(): boolean {
    if (!this.is('(')) return false;
    let ahead = 1;
    while (this.tokens[this.at + ahead]?.kind === 'name' || this.is(',', ahead)) ahead++;
    return this.is(')', ahead) && this.is('->', ahead + 1);
  }

  private lambda(): Expression {
    const names: string[] = [];
    const python = this.take('LAMBDA');
    const bracket = this.take('(');
    do names.push(this.next().text);
    while (this.take(','));
    if (bracket) this.need(')');
    this.need(python ? ':' : '->');
    return { kind: 'lambda', names, body: this.expression(0) };
  }

  private prefix(): Expression {
    if (this.take('NOT')) return { kind: 'call', name: 'not', args: [this.expression(3)] };
    if (this.take('-')) return { kind: 'call', name: '-', args: [{ kind: 'value', value: 0 }, this.expression(8)] };
    return this.postfix(this.primary());
  }

  private postfix(found: Expression): Expression {
    for (;;) {
      if (this.take('[')) found = this.item(found);
      else if (this.take('::')) {
        found = { kind: 'call', name: `cast as ${this.type()}`, args: [found] };
      } else if (this.is('.') && this.is('(', 2)) {
        // A call written behind its first argument.
        this.at++;
        const name = this.next().text.toLowerCase();
        this.need('(');
        found = { kind: 'call', name, args: [found, ...this.list(')')] };
      } else return found;
    }
  }

  private item(of: Expression): Expression {
    const from: Expression = this.is(':') ? { kind: 'value', value: 1 } : this.expression(0);
    if (!this.take(':')) {
      this.need(']');
      return { kind: 'item', of, from, to: null, slice: false };
    }
    const to = this.is(']') ? null : this.expression(0);
    this.need(']');
    return { kind: 'item', of, from, to, slice: true };
  }

  private primary(): Expression {
    const token = this.next();
    if (token.kind === 'text') return { kind: 'value', value: token.text };
    if (token.kind === 'number') return { kind: 'value', value: Number(token.text) };
    if (token.kind === 'quoted') return { kind: 'name', name: token.text };
    if (token.kind === 'sign') {
      if (token.text === '[') return { kind: 'list', items: this.list(']') };
      if (token.text !== '(') throw new NotUnderstood(`"${token.text}"`);
      const inner = this.expression(0);
      this.need(')');
      return inner;
    }
    return this.named(token.text);
  }

  private named(text: string): Expression {
    const name = text.toLowerCase();
    if (/^[lr]$/.test(name) && this.is('.') && !this.is('(', 2)) return this.ofOneSide(text);
    if (name === 'null') return NOTHING;
    if (name === 'true' || name === 'false') return { kind: 'value', value: name === 'true' };
    if (name === 'case') return this.case();
    if (!this.take('(')) return { kind: 'name', name: text };
    if (name === 'cast' || name === 'try_cast') {
      const value = this.expression(0);
      this.need('AS');
      const call: Expression = { kind: 'call', name: `cast as ${this.type()}`, args: [value] };
      this.need(')');
      return call;
    }
    const args = this.list(')');
    return name === 'array' ? { kind: 'list', items: args } : { kind: 'call', name, args };
  }

  /** l.name and l."a name" as one name each, "l.a name". */
  private ofOneSide(side: string): Expression {
    this.need('.');
    const { kind, text } = this.next();
    if (kind !== 'name' && kind !== 'quoted') throw new NotUnderstood(`"${text}" where a column should be`);
    return { kind: 'name', name: `${side}.${text}` };
  }

  private type(): string {
    return this.next().text.toLowerCase();
  }

  private case(): Expression {
    const of = this.is('WHEN') ? null : this.expression(0);
    const whens: [Expression, Expression][] = [];
    while (this.take('WHEN')) {
      const when = this.expression(0);
      this.need('THEN');
      whens.push([when, this.expression(0)]);
    }
    const otherwise = this.take('ELSE') ? this.expression(0) : NOTHING;
    this.need('END');
    return { kind: 'case', of, whens, otherwise };
  }
}

/** Step by step, since what is too deep is too deep for functions that call themselves. */
function checkDepth(whole: Expression): void {
  let level = [whole];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_FOUND) throw new NotUnderstood('a condition nested too deep');
    level = level.flatMap(partsOf);
  }
}

function partsOf(one: Expression): Expression[] {
  switch (one.kind) {
    case 'call':
      return one.args;
    case 'list':
      return one.items;
    case 'lambda':
      return [one.body];
    case 'case':
      return [...(one.of === null ? [] : [one.of]), ...one.whens.flat(), one.otherwise];
    case 'item':
      return [one.of, one.from, ...(one.to === null ? [] : [one.to])];
    default:
      return [];
  }
}
