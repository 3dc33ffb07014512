import type { Random } from '../../random.js';

/** The text with another digit at `at`. */
export function otherDigit(random: Random, text: string, at: number): string {
  return text.slice(0, at) + String((Number(text[at]) + random.int(1, 9)) % 10) + text.slice(at + 1);
}

/** Two characters the other way round. */
export function digitSwapped(pair: string): string {
  return `${pair[1]}${pair[0]}`;
}

/** A number with one of its later digits wrong, or two neighbours the other way round; `keep` characters stay. */
export function misdialled(random: Random, text: string, keep: number): string {
  const at = random.int(keep, text.length - 2);
  if (random.chance(0.5)) return otherDigit(random, text, at);
  return text.slice(0, at) + digitSwapped(text.slice(at, at + 2)) + text.slice(at + 2);
}
