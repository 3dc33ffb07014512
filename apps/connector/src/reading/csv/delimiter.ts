const CANDIDATES = [',', ';', '\t', '|', '^', '~'];

/** The sign between cells: what a `sep=` line says, else the one that cuts most of the first lines into the same number of cells. */
export function findDelimiter(start: string): { delimiter: string; told: boolean } {
  const told = /^sep=(.)\n/i.exec(start)?.[1];
  if (told) return { delimiter: told, told: true };
  const lines = start
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of CANDIDATES) {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const cells = line.split(delimiter).length;
      if (cells > 1) counts.set(cells, (counts.get(cells) ?? 0) + 1);
    }
    // Many lines of one width say more than wide lines; commas in free text cut lines unevenly.
    const [width = 0, times = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
    const score = times * 1000 + width;
    if (times > 0 && score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, told: false };
}
