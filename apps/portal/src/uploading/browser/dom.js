/* global Blob */
/** Small words for making a page: text is always text, never HTML. */

/** @returns the one element with this data name below another */
export function part(page, name) {
  return page.querySelector(`[data-part="${name}"]`);
}

/** A field of a form. They have no names: a form that were sent by mistake would send nothing. */
export function field(form, name) {
  return form.querySelector(`[data-field="${name}"]`);
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function row(cell, labels, texts) {
  return element(
    'tr',
    { class: 'govuk-table__row' },
    ...texts.map((text, index) =>
      element(
        cell,
        { class: 'govuk-table__cell', 'data-label': labels[index] },
        ...(Array.isArray(text) ? text : [text]),
      ),
    ),
  );
}

/** A table of the design system; on small screens each row becomes a block. */
export function table(caption, headings, rows) {
  const head = element(
    'thead',
    { class: 'govuk-table__head' },
    element(
      'tr',
      { class: 'govuk-table__row' },
      ...headings.map((heading) => element('th', { scope: 'col', class: 'govuk-table__header' }, heading)),
    ),
  );
  const body = element('tbody', { class: 'govuk-table__body' }, ...rows.map((texts) => row('td', headings, texts)));
  const title = element('caption', { class: 'govuk-table__caption govuk-table__caption--s' }, caption);
  return element('table', { class: 'govuk-table hub-stack' }, title, head, body);
}

export const number = (value) => new Intl.NumberFormat('en-GB').format(value);
export const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** Says what went wrong where it went wrong, and moves there. Only our own words: a library's may quote what it was given. */
export function tellProblem(page, error) {
  const place = part(page, 'problem');
  const known = error && error.name === 'HubError';
  const text = known
    ? error.message
    : 'Something went wrong in this page. Nothing was sent. Reload the page and try again.';
  place.hidden = false;
  part(page, 'problem-text').textContent = text;
  place.focus();
}

export function clearProblem(page) {
  part(page, 'problem').hidden = true;
}

/** Offers a text as a file, without it leaving the machine. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = element('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
