/** Prints an outcome: as one JSON value for programs, or as lines for people. */
export function say(json: boolean | undefined, outcome: object, lines: string[]): void {
  process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : `${lines.join('\n')}\n`);
}

/** Characters that command a terminal, or turn the direction of what follows: C0 (tab apart), DEL, C1, the bidirectional controls. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const COMMANDS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from a file as it may be printed: what could command the terminal becomes the replacement character. */
export function printable(text: string): string {
  return text.replace(COMMANDS, '\ufffd');
}
