import { guessColumns, targetsOf, targetWords } from '#contracts';
import { element, table as tableOf } from './dom.js';

const SURENESS = { sure: '', likely: 'Likely', guess: 'A guess: please check', 'not-sent': '' };

/**
 * The table that shows what each column was taken for, and lets it be changed.
 * @param onChange told when somebody has chosen otherwise
 */
export function mappingTable(place, feed, table, onChange) {
  const guessed = guessColumns(feed, table.headings, table.profiles, table.rows.length);
  const chosen = guessed.columns.map(({ to }) => to);
  const places = placesOf(feed, guessed);
  const examples = table.headings.map(() => element('span', { class: 'hub-sample' }));
  const rows = guessed.columns.map((guess, index) => {
    const select = element('select', {
      class: 'govuk-select',
      'aria-label': `Column ${guess.column}`,
      'data-column': String(index),
    });
    select.append(
      element('option', { value: '' }, 'Not sent'),
      ...places.map(({ path, words }) => element('option', { value: path }, words)),
    );
    if (guess.to.length > 1)
      select.append(element('option', { value: guess.to.join(' ') }, guess.to.map(targetWords).join(' and ')));
    select.value = guess.to.join(' ');
    select.addEventListener('change', () => {
      chosen[index] = select.value === '' ? [] : select.value.split(' ');
      onChange();
    });
    const why = [SURENESS[guess.sure], guess.why].filter(Boolean).join('; ');
    return [
      element('strong', {}, guess.column || 'No heading'),
      examples[index],
      [select, ...(why ? [element('span', { class: 'hub-weight' }, why)] : [])],
    ];
  });
  const missing = guessed.missing.map(({ words, likely }) =>
    element('li', {}, likely ? `${words}: perhaps the column "${likely}"` : words),
  );
  place.replaceChildren(
    ...(missing.length > 0
      ? [
          element('p', { class: 'govuk-body' }, 'No column was found for:'),
          element('ul', { class: 'govuk-list govuk-list--bullet', 'data-part': 'missing' }, ...missing),
        ]
      : []),
    tableOf('Each column of your file', ['Column', 'For example', 'Is'], rows),
  );
  return {
    current: () => ({ columns: Object.fromEntries(table.headings.map((heading, index) => [heading, chosen[index]])) }),
    /** The first value of each column, of rows that hold nothing confidential. */
    showExamples({ confidentialRows }) {
      const rows = table.rows.filter((_, index) => !confidentialRows.has(index)).slice(0, 1_000);
      for (const [index, place] of examples.entries())
        place.textContent = (rows.find(({ cells }) => cells[index]?.trim())?.cells[index] ?? '–').slice(0, 60);
    },
  };
}

/** Every place of the feed once, lists with their first positions, in the words of the field. */
function placesOf(feed, guessed) {
  const used = guessed.columns.flatMap(({ to }) => to);
  const paths = [...targetsOf(feed).keys()].flatMap((path) => {
    if (!path.includes('#')) return [path];
    const positions = /\.lines\.#$|telephones\.#$/.test(path) ? [0, 1, 2] : /addresses/.test(path) ? [0, 1] : [0];
    const first = path.replace(/#(?=.*#)/g, '0');
    return positions.map((position) => first.replace('#', String(position)));
  });
  return [...new Set([...paths, ...used])]
    .map((path) => ({ path, words: targetWords(path) }))
    .sort((a, b) => a.words.localeCompare(b.words));
}
