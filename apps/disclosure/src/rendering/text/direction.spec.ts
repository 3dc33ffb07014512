import { describe, expect, it } from '@jest/globals';
import { visualOrder } from './direction.js';

describe('the order words are drawn in', () => {
  it.each([
    ['Mary Ann Sample', 'Mary Ann Sample'],
    ['محمد علي', 'علي محمد'],
    ['known as محمد علي since 2019', 'known as علي محمد since 2019'],
    ['محمد علي (Mohamed Ali)', '(Mohamed Ali) علي محمد'],
    ['', ''],
  ])('of %p is %p', (logical, drawn) => expect(visualOrder(logical)).toBe(drawn));
});
