import { describe, expect, it } from '@jest/globals';
import { mayBeEndless } from './endless-pattern.js';

describe('a pattern', () => {
  it.each([
    '^(a+)+$',
    '([a-z]*)*x',
    '(?:\\w+\\s?)+!',
    '((ab)+c?)*',
    '(x{2,})+',
    '(a|a)*',
    '(a|[ab])+',
    '((a+)b)+',
    '(?<n>a*)*',
  ])('that repeats what is repeated, or may begin alike, is one that may never end: %s', (pattern) =>
    expect(mayBeEndless(pattern)).toBe(true),
  );

  it.each([
    '^[a-z]+$',
    '(a|b)+',
    '(a+)?',
    '(a+){1,3}',
    '\\(a+\\)+',
    '[(a+)]+',
    '([0-9])\\1+',
    '^\\d{4}-\\d{2}$',
    '(ab)*c+',
    'a|b+',
  ])('of any other kind is not: %s', (pattern) => expect(mayBeEndless(pattern)).toBe(false));
});
