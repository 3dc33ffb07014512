import { SplinkFileError } from './splink-file-error.js';
import type { Compiled, Pair } from './sql-compiler.js';
import type { Value } from './sql-functions.js';

/**
 * A condition that says which one it is where it cannot be answered: only some cells may do what was not tried before.
 * In: what it is called in the file. @throws SplinkFileError, without what stands in a cell
 */
export function answering(condition: Compiled, called: string): Compiled {
  return (pair: Pair): Value => {
    try {
      return condition(pair);
    } catch (error) {
      const why = error instanceof RangeError ? error.message : 'what it does with texts';
      throw new SplinkFileError(`${called.slice(0, 120)} cannot be answered for these rows (${why})`);
    }
  };
}
