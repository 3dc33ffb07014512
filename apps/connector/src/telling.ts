/** Prints an outcome: as one JSON value for programs, or as lines for people. */
export function say(json: boolean | undefined, outcome: object, lines: string[]): void {
  process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : `${lines.join('\n')}\n`);
}
