import { decide, parseRequest, PolicyError, type Decision, type EchoId, type Policy } from '#policy';
import type { Line } from './lines.js';

/** The answer to a line that could not be decided; `id` is the request's where it could be read. */
export interface Refusal {
  readonly id: EchoId | null;
  readonly error: { readonly code: string; readonly message: string };
}

/** Answers one line: a decision, or an error that says where the request is wrong. Never throws. */
export function answer(policy: Policy, line: Line): Decision<EchoId> | Refusal {
  if ('problem' in line) return refuse(null, line.problem, PROBLEMS[line.problem]);
  let json: unknown;
  try {
    json = JSON.parse(line.text);
  } catch {
    return refuse(null, 'not_json', 'the line is not JSON');
  }
  const parsed = parseRequest(json);
  if (!parsed.ok) return refuse(idOf(json), parsed.error.code, parsed.error.message);
  try {
    return decide(policy, parsed.value);
  } catch (error) {
    if (error instanceof PolicyError) return refuse(idOf(json), error.code, error.message);
    // Not even the error's text: it might quote the request.
    return refuse(idOf(json), 'failed', 'the request could not be decided');
  }
}

export function isRefusal(given: Decision<EchoId> | Refusal): given is Refusal {
  return 'error' in given;
}

const PROBLEMS = {
  too_large: 'the line is longer than 64 MiB',
  not_utf8: 'the line is not UTF-8',
} as const;

function refuse(id: EchoId | null, code: string, message: string): Refusal {
  return { id, error: { code, message } };
}

function idOf(json: unknown): EchoId | null {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'id')) return null;
  const { id } = json as { id: unknown };
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
