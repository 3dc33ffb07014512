import { PartialDate } from '#person';
import { fieldWords, pathText, type Path, type RowError } from './row-error.js';

/** Every `dateOfBirth` of a row that is after `now`. Apart from the schema because it needs the clock. */
export function birthsInFuture(row: object, now: Date): RowError[] {
  const found: RowError[] = [];
  const path: (string | number)[] = [];

  function look(holder: object): void {
    if (Array.isArray(holder)) holder.forEach((entry, index) => step(index, entry));
    else for (const key in holder) step(key, (holder as Record<string, unknown>)[key]);
  }
  function step(part: string | number, entry: unknown): void {
    if (part !== 'dateOfBirth' && (typeof entry !== 'object' || entry === null)) return;
    path.push(part);
    if (part === 'dateOfBirth') found.push(...problem(entry, now, path));
    else look(entry as object);
    path.pop();
  }

  look(row);
  return found;
}

function problem(birth: unknown, now: Date, path: Path): RowError[] {
  const parsed = PartialDate.parse(birth, { now });
  if (parsed.ok) return [];
  return [{ path: pathText(path), code: parsed.code, message: parsed.message.replace(/^Date/, fieldWords(path)) }];
}
