/**
 * What every parser of this library gives back: the value, or a code and a plain-words reason.
 * The message never repeats what was parsed: it may be shown in a receipt or written to a log.
 */
export type Parsed<T> = { ok: true; value: T } | { ok: false; code: string; message: string };

/** A value that only its parser can make. At run time it is the plain string. */
export type Branded<Name extends string> = string & { readonly __kind: Name };

/** A parser's answer: the value. */
export function good<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** A parser's answer: why there is no value. The message never repeats what was given. */
export function bad(code: string, message: string): { ok: false; code: string; message: string } {
  return { ok: false, code, message };
}
