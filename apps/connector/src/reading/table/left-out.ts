/** Lines of a table that are no records: totals, notes at the end of a report, headings repeated on each page. */

const SUMMARY =
  /^(?:(?:grand|sub|page|report|overall)[\s-]*)?totals?\b|^(?:count|sum|average|number of (?:records|rows|tenancies|cases)|records?|rows)\s*[:=]|^(?:\*+\s*)?end of (?:report|file|data|extract)|^(?:report|printed|generated|produced|extracted|run|exported)\s+(?:on|at|by|date|run|generated|printed|produced|created)\b|^page\s+\d+(?:\s+of\s+\d+)?$|^\(?\d[\d,]*\s+(?:rows?|records?)\b|^[-=_*\s]{3,}$/i;

const FIGURE = /^[£(+-]*[\d.,]+\s*%?[)-]?(?:cr|dr)?$/i;

/** Why a line is no record, or undefined. @param headings the cells of the line of headings */
export function leftOut(cells: string[], headings: string[]): 'summary' | 'headings' | undefined {
  const first = cells.findIndex((cell) => cell !== '' && cell.trim() !== '');
  if (first < 0) return 'summary';
  const text = cells[first]!.trim();
  if (SUMMARY.test(text) && onlyFigures(cells, first, headings.length)) return 'summary';
  return text === headings.find((heading) => heading !== '') && sameCells(cells, headings) ? 'headings' : undefined;
}

/** A person may be called Total, but has more to show than figures and gaps. */
function onlyFigures(cells: string[], first: number, width: number): boolean {
  const others = cells.slice(first + 1).filter((cell) => cell.trim() !== '');
  return others.length + 1 < Math.max(2, width) && others.every((cell) => FIGURE.test(cell.trim()));
}

const sameCells = (cells: string[], headings: string[]) =>
  headings.length > 1 && headings.every((heading, index) => (cells[index]?.trim() ?? '') === heading);
