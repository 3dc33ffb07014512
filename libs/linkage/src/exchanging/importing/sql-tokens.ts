/** A piece of SQL. `name` is a plain name or keyword (upper case in `text` is kept), `quoted` one in quotes. */
export interface Token {
  kind: 'name' | 'quoted' | 'text' | 'number' | 'sign';
  text: string;
}

/** What in a condition could not be understood; `message` names it. */
export class NotUnderstood extends Error {
  readonly code = 'sql_not_understood';
}

const SPACE = /\s+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_$]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SIGN = /->|<>|!=|<=|>=|\|\||::|[()[\]{},.:=<>+\-*/%]/y;

/** In: a condition, and which engine it is for: in Spark's texts a backslash escapes, and names go in backticks. */
export function tokensOf(sql: string, dialect: 'duckdb' | 'spark'): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const taken = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(sql)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  while (at < sql.length) {
    if (taken(SPACE) !== null) continue;
    const start = sql[at]!;
    if (start === "'" || start === '"' || start === '`') {
      const { text, end } = quotedAt(sql, at, dialect === 'spark' && start !== '`');
      at = end;
      tokens.push({ kind: start === "'" || (start === '"' && dialect === 'spark') ? 'text' : 'quoted', text });
      continue;
    }
    const name = taken(NAME);
    if (name !== null) {
      tokens.push({ kind: 'name', text: name });
      continue;
    }
    const number = /[\d.]/.test(start) && /^\.?\d/.test(sql.slice(at, at + 2)) ? taken(NUMBER) : null;
    if (number !== null) {
      tokens.push({ kind: 'number', text: number });
      continue;
    }
    const sign = taken(SIGN);
    if (sign === null) throw new NotUnderstood(`the character ${start}`);
    tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** A quoted piece from its opening quote on; a doubled quote stands for itself. */
function quotedAt(sql: string, from: number, escapes: boolean): { text: string; end: number } {
  const quote = sql[from]!;
  let text = '';
  for (let at = from + 1; at < sql.length; at++) {
    const letter = sql[at]!;
    if (escapes && letter === '\\' && at + 1 < sql.length) text += sql[++at]!;
    else if (letter !== quote) text += letter;
    else if (sql[at + 1] === quote) text += sql[++at]!;
    else return { text, end: at + 1 };
  }
  throw new NotUnderstood('a text without its closing quote');
}
