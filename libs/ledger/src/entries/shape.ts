import { LedgerError } from '../errors.js';
import { isPlainObject, requireJson } from './json.js';

const MEMBERS = new Set('v at actor action object case purpose basis outcome detail commit'.split(' '));
const TEXT_MEMBERS = ['case', 'purpose', 'basis'] as const;
const MAX_TEXT = 512;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const ACTION = /^[A-Z][A-Za-z0-9]{0,63}$/;
const CONTROL = /\p{Cc}/u;
const HASH = /^[0-9a-f]{64}$/;

/** Throws `entry_invalid` with the place (never the content) unless the value is an entry of the contract's version 1. */
export function requireEntry(entry: unknown): void {
  if (!isPlainObject(entry)) throw invalid('the entry', 'a plain object');
  const unknown = Object.keys(entry).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined) throw invalid('the entry', 'without members the contract does not name');
  if (entry['v'] !== 1) throw invalid('v', '1');
  if (!isInstant(entry['at'])) throw invalid('at', 'a UTC instant such as 2026-11-01T02:00:00Z');
  if (typeof entry['action'] !== 'string' || !ACTION.test(entry['action']))
    throw invalid('action', 'a name such as BatchAccepted');
  requireParty(entry['actor'], 'actor');
  requireParty(entry['object'], 'object');
  requireText(entry['outcome'], 'outcome');
  for (const name of TEXT_MEMBERS) if (entry[name] !== undefined) requireText(entry[name], name);
  if (entry['detail'] !== undefined) requireDetail(entry['detail']);
  if (entry['commit'] !== undefined) requireCommit(entry['commit']);
}

function requireParty(value: unknown, path: string): void {
  if (!isPlainObject(value) || Object.keys(value).some((name) => name !== 'type' && name !== 'id')) {
    throw invalid(path, 'an object of type and id');
  }
  requireText(value['type'], `${path}.type`);
  requireText(value['id'], `${path}.id`);
}

function requireText(value: unknown, path: string): void {
  const fits = typeof value === 'string' && value !== '' && value.length <= MAX_TEXT && !CONTROL.test(value);
  if (!fits || !value.isWellFormed()) throw invalid(path, `a text of 1 to ${MAX_TEXT} characters on one line`);
}

function requireDetail(value: unknown): void {
  if (!isPlainObject(value)) throw invalid('detail', 'a plain object');
  requireJson(value, 'detail');
}

function requireCommit(value: unknown): void {
  if (!isPlainObject(value)) throw invalid('commit', 'a plain object');
  for (const [name, hash] of Object.entries(value)) {
    requireText(name, 'a name in commit');
    if (typeof hash !== 'string' || !HASH.test(hash)) throw invalid('commit.*', '64 lower-case hex digits');
  }
}

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !INSTANT.test(value)) return false;
  const time = new Date(value);
  // 30 February parses, as 2 March: only a day that stays itself is one.
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === value.slice(0, 19);
}

function invalid(path: string, should: string): LedgerError {
  return new LedgerError('entry_invalid', `${path} must be ${should}`);
}
