/** Edits (letters put in, left out, changed or swapped with the next) between two words: optimal string alignment. */
export function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1]),
        swap,
      );
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** The names most like a word, nearest first, at most `count`; those with nothing in common are left out. */
export function nearest(word: string, names: Iterable<string>, count = 3): string[] {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(word.slice(0, 60));
  const last = plain(word.split('.').at(-1)!.slice(0, 60));
  const ranked = [...names]
    .map((name) => {
      const far = Math.min(edits(wanted, plain(name)), edits(last, plain(name.split('.').at(-1)!)) + 0.5);
      return { name, far: plain(name).includes(last) && last.length > 2 ? Math.min(far, 1) : far };
    })
    .filter(({ far }) => far <= Math.max(2, wanted.length / 2))
    .sort((a, b) => a.far - b.far || a.name.length - b.name.length);
  // Beside one that is nearly it, those far off only confuse.
  return ranked
    .filter(({ far }) => far <= ranked[0]!.far + 1)
    .slice(0, count)
    .map(({ name }) => name);
}
