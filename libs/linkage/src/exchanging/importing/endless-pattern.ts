/**
 * Whether a pattern may take longer than anybody waits: something repeated without bound within what is repeated
 * without bound, or ways to choose from there that begin alike. Splink's engines have no such fault, JavaScript has.
 */
export function mayBeEndless(pattern: string): boolean {
  const open: Group[] = [{ repeats: false, starts: [] }];
  let isStart = false;
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    const group = open.at(-1)!;
    if (isStart) group.starts.push(letter);
    isStart = false;
    if (letter === '\\') at++;
    else if (letter === '[') at = endOfSet(pattern, at);
    else if (letter === '(') {
      open.push({ repeats: false, starts: [] });
      at += /^\?(?::|<?[=!]|<\w+>)/.exec(pattern.slice(at + 1, at + 40))?.[0].length ?? 0;
      isStart = true;
    } else if (letter === '|') isStart = true;
    else if (letter === ')' && open.length > 1) {
      const { repeats, starts } = open.pop()!;
      const isRepeated = repeatsAt(pattern, at + 1);
      if (isRepeated && (repeats || mayBeginAlike(starts))) return true;
      open.at(-1)!.repeats ||= repeats || isRepeated;
    } else if (repeatsAt(pattern, at)) group.repeats = true;
  }
  return false;
}

interface Group {
  /** Whether something in it is repeated without bound. */
  repeats: boolean;
  /** The first letter of each way to choose from. */
  starts: string[];
}

function repeatsAt(pattern: string, at: number): boolean {
  return /^(?:[*+]|\{\d*,\})/.test(pattern.slice(at, at + 20));
}

function mayBeginAlike(starts: readonly string[]): boolean {
  return starts.length > 1 && (new Set(starts).size < starts.length || starts.some((start) => '[.\\('.includes(start)));
}

function endOfSet(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}
