import { targetWords } from '#contracts';
import { correctionsCsv } from './corrections.js';
import { cellsToShow } from './own-cells.js';
import { counted, download, element, number, part, table as tableOf } from './dom.js';

const PREVIEW_ROWS = 10;
const PROBLEM_ROWS = 100;
const PREVIEW_COLUMNS = 6;

/** What the check found: counts, the first rows, and every row with a problem in the field's words. */
export function showChecked(page, table, mapping, checked) {
  const set = (name, text) => (part(page, name).textContent = text);
  set('count-rows', number(checked.rows));
  set('count-good', number(checked.good));
  set('count-problems', number(checked.problems.length));
  set('count-fields', number(checked.fieldProblems.length));
  set('count-confidential', number(checked.confidentialDropped));
  part(page, 'confidential-row').hidden = checked.confidentialDropped === 0;
  part(page, 'kept-back-row').hidden = checked.keptBack === 0;
  set('count-kept-back', number(checked.keptBack));
  part(page, 'no-good-row').hidden = checked.good > 0;

  part(page, 'preview').replaceChildren(preview(table, mapping, checked));
  const all = [...checked.problems, ...checked.fieldProblems];
  part(page, 'problems').replaceChildren(...problems(table, checked, all));
  const save = part(page, 'save-problems');
  save.hidden = all.length === 0;
  save.onclick = () =>
    download(
      'rows-to-correct.csv',
      'text/csv',
      correctionsCsv(
        table.headings,
        all
          .toSorted((a, b) => a.index - b.index)
          .map((problem) => ({ ...problem, cells: cellsToShow(table, mapping, checked, problem.index) })),
      ),
    );
}

function preview(table, mapping, checked) {
  const shown = table.headings
    .map((heading, index) => ({ index, path: mapping.columns[heading]?.[0] }))
    .filter(({ path }) => path && !/confidential$/.test(path))
    .slice(0, PREVIEW_COLUMNS);
  const marks = new Map([
    ...checked.problems.map(({ index }) => [index, 'Refused']),
    ...checked.fieldProblems.map(({ index }) => [index, 'A field left out']),
  ]);
  const rows = table.rows.slice(0, PREVIEW_ROWS).map(({ line }, index) => {
    const cells = cellsToShow(table, mapping, checked, index);
    return [String(line), mark(marks.get(index)), ...shown.map((column) => cells[column.index].slice(0, 60) || '–')];
  });
  return tableOf(
    `The first ${counted(rows.length, 'row')}, as they are read`,
    ['Line', 'Check', ...shown.map(({ path }) => targetWords(path).replace(/ \(.*\)$/, ''))],
    rows,
  );
}

function mark(text) {
  const colour = text === undefined ? 'green' : text === 'Refused' ? 'red' : 'yellow';
  return element('strong', { class: `govuk-tag govuk-tag--${colour}` }, text ?? 'Good');
}

function problems(table, checked, all) {
  if (all.length === 0) return [element('p', { class: 'govuk-body' }, 'No problems were found.')];
  const refused = new Set(checked.problems);
  const rows = all
    .slice(0, PROBLEM_ROWS)
    .map((problem) => [
      String(problem.line),
      problem.recordRef ?? '–',
      mark(refused.has(problem) ? 'Refused' : 'A field left out'),
      [
        element(
          'ul',
          { class: 'govuk-list hub-tight' },
          ...problem.errors.map(({ message }) => element('li', {}, message)),
        ),
      ],
    ]);
  const more = all.length - rows.length;
  return [
    tableOf(
      'Rows with a problem',
      ['Line', 'Record', 'The hub will', 'What is wrong'],
      rows.map(([line, ref, tag, list]) => [line, ref, tag, list]),
    ),
    ...(more > 0
      ? [element('p', { class: 'govuk-body' }, `And ${counted(more, 'more row')}: the CSV below lists them all.`)]
      : []),
  ];
}
