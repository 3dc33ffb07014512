import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_MARK } from '../embedded/layout.js';

/**
 * The demo starts from an empty hub. What an earlier demo left is removed; a hub somebody made otherwise is moved aside, never lost.
 * @returns where it was moved, if it was
 */
export function freshState(state: string): string | null {
  let aside: string | null = null;
  if (existsSync(state) && readdirSync(state).length > 0) {
    if (existsSync(join(state, DEMO_MARK))) rmSync(state, { recursive: true, force: true });
    else {
      aside = `${state}.before-demo-${new Date().toISOString().replace(/[:.]/g, '-')}`;
      renameSync(state, aside);
    }
  }
  mkdirSync(state, { recursive: true, mode: 0o711 });
  writeFileSync(join(state, DEMO_MARK), 'The next demo may remove this folder. Delete this file to keep it.\n');
  return aside;
}
