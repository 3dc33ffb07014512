import { demoUsers } from './users.js';

/** Who can sign in, a line each; the agencies' officers, who differ by agency only, share one. */
export function signIns(): string {
  const people = demoUsers.filter(({ username }) => !username.startsWith('officer-'));
  const lines = [
    ...people.map(({ username, name }) => [username, name]),
    ['officer-<agency>', 'data officer of that agency'],
  ];
  return lines.map(([username, name]) => `  ${username!.padEnd(18)}${name}`).join('\n');
}
