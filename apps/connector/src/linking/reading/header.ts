import { fileProblem, quoted } from './file-problem.js';
import { headless, looksLikeData } from './headless.js';

/**
 * The columns' names: those of the first line; one without a name is called after its place.
 * @throws LinkError when two columns have the same name
 */
export function columnNames(file: string, cells: string[], line: number): string[] {
  const names = cells.map((cell, i) => cell || `column ${i + 1}`);
  const seen = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    const before = seen.get(name);
    // Two cells of a line of data may well be the same; what stands in them is not to be told.
    if (before !== undefined && looksLikeData(cells)) throw headless(file);
    if (before !== undefined)
      throw fileProblem(
        file,
        line,
        `two columns are called ${quoted(name)}: the ${ordinal(before)} and the ${ordinal(i)}. Every column needs a name of its own.`,
      );
    seen.set(name, i);
  }
  return names;
}

function ordinal(index: number): string {
  const n = index + 1;
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}
