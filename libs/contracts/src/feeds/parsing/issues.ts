import type { z } from 'zod';
import { fieldWords, pathText, type Path, type RowError } from './row-error.js';

type Issue = z.core.$ZodIssue;

/** A key an agency's system may plausibly call a field; anything else may be data in the wrong place and is not repeated. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const TYPE_WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/** What stands at a path of a value; undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );
}

/** Our errors for what zod found in `row`: our codes, the field's words, no value. */
export function rowErrors(row: unknown, issues: readonly Issue[], prefix: Path = []): RowError[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...(issue.path as (string | number)[])];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(path, key));
    if (issue.code === 'invalid_union') return unionErrors(row, issue, path);
    const { code, message } = explain(row, issue, path);
    return [{ path: pathText(path), code, message }];
  });
}

function unknownField(path: Path, key: string): RowError {
  const named = FIELD_NAME.test(key);
  const message = named ? 'This feed has no field of this name' : 'There is a field whose name no feed has';
  return { path: pathText(named ? [...path, key] : path), code: 'unknown_field', message };
}

/** The errors of the alternative the sender seems to have meant: the one whose own type fits. */
function unionErrors(row: unknown, issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): RowError[] {
  const meant = issue.errors.find(
    (branch) => !branch.some((inner) => inner.path.length === 0 && inner.code === 'invalid_type'),
  );
  if (meant) return rowErrors(row, meant, path);
  const missing = valueAt(row, path) === undefined;
  return [
    missing
      ? required(path)
      : { path: pathText(path), code: 'invalid_type', message: `${fieldWords(path)} has the wrong type` },
  ];
}

function required(path: Path): RowError {
  return { path: pathText(path), code: 'required', message: `${fieldWords(path)} is missing` };
}

function explain(row: unknown, issue: Issue, path: Path): { code: string; message: string } {
  const field = fieldWords(path);
  switch (issue.code) {
    case 'invalid_type':
      if (valueAt(row, path) === undefined) return required(path);
      return { code: 'invalid_type', message: `${field} must be ${TYPE_WORDS[issue.expected] ?? 'of another type'}` };
    case 'invalid_value':
      if (valueAt(row, path) === undefined) return required(path);
      return { code: 'invalid_choice', message: `${field} must be one of: ${issue.values.join(', ')}` };
    case 'too_big':
      if (issue.origin === 'string')
        return { code: 'too_long', message: `${field} must be at most ${issue.maximum} characters` };
      if (issue.origin === 'array')
        return { code: 'too_many', message: `${field} must have at most ${issue.maximum} entries` };
      return { code: 'out_of_range', message: `${field} must be at most ${issue.maximum}` };
    case 'too_small':
      if (issue.origin === 'string') return { code: 'required', message: `${field} must not be blank` };
      return { code: 'out_of_range', message: `${field} must be at least ${issue.minimum}` };
    case 'custom': {
      const code = (issue.params as { code?: string } | undefined)?.code ?? 'invalid_type';
      return { code, message: issue.message.replace(/^(?:Date|Name|Text|Time)(?= (?:must|has|is))/, field) };
    }
    default:
      return { code: 'invalid_type', message: `${field} is not as it should be` };
  }
}
