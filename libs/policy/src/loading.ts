import { readFileSync } from 'node:fs';
import { PolicyError } from './errors.js';
import { makePolicy, type Basis, type FieldLists, type Policy, type RuleText } from './policy.js';

/** The policy version that new decisions are taken under. */
export const CURRENT_POLICY = '2026-01';

// The same distance from libs/policy/src and from dist/libs/policy/src: the build copies policy/ into dist/.
const FOLDER = '../../../policy/';
const VERSION = /^\d{4}-\d{2}$/;

/**
 * Loads a policy version from `policy/<version>/{fields,rules,bases}.json`.
 * Errors: `unknown_policy` when there is no such version, `policy_invalid` when its files are unusable.
 */
export function loadPolicy(version: string = CURRENT_POLICY): Policy {
  // The pattern also keeps a version from naming a path.
  if (!VERSION.test(version)) throw new PolicyError('unknown_policy', 'there is no such policy version');
  return makePolicy({
    version,
    fields: read(version, 'fields') as FieldLists,
    rules: read(version, 'rules') as RuleText[],
    bases: read(version, 'bases') as Record<string, Basis>,
  });
}

function read(version: string, name: string): unknown {
  let text: string;
  try {
    text = readFileSync(new URL(`${FOLDER}${version}/${name}.json`, import.meta.url), 'utf8');
  } catch (cause) {
    throw new PolicyError('unknown_policy', `there is no policy version ${version}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PolicyError('policy_invalid', `policy ${version}: ${name}.json is not JSON`, { cause });
  }
}
