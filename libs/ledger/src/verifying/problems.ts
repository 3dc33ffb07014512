/** A fault of a log, at the place where it was found. */
export interface Problem {
  /** A file of the log (`checkpoint`, `tile/0/001.p/44`, …), `since`, or `key`. */
  where: string;
  /** In plain words; never the content of an entry. */
  what: string;
}

// A log that is wrong everywhere need not be read to its end.
const MOST = 500;

/** Collects problems in the order found, and stops the verification once there are too many. */
export class Problems {
  readonly found: Problem[] = [];

  add(where: string, what: string): void {
    if (this.found.length < MOST) this.found.push({ where, what });
    else if (this.found.length === MOST)
      this.found.push({ where: 'log', what: `more than ${MOST} problems: the rest was not looked at` });
  }

  get tooMany(): boolean {
    return this.found.length > MOST;
  }
}

/** Joins numbers into runs for reading: [3, 4, 5, 9] is "3–5, 9". */
export function runs(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; at++) {
    const first = numbers[at] as number;
    while (numbers[at + 1] === (numbers[at] as number) + 1) at++;
    const last = numbers[at] as number;
    parts.push(first === last ? `${first}` : `${first}–${last}`);
  }
  return parts.join(', ');
}
