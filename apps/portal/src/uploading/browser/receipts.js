import { correctionsCsv } from './corrections.js';
import { cellsToShow } from './own-cells.js';
import { counted, download, element, number, part, table as tableOf } from './dom.js';

const ROWS_SHOWN = 100;
const [SOON_MS, LATER_MS, ENOUGH_MS] = [1_000, 5_000, 10 * 60_000];

/** Asks for the receipts of what was sent until all are there, and shows them with the file's own line numbers. */
export async function followReceipts(page, { submission, table, mapping, checked, starts }) {
  const began = Date.now();
  for (;;) {
    const batches = await ask(submission);
    if (batches) show(page, { table, mapping, checked, starts }, batches);
    if (batches?.length === starts.length - 1 && batches.every(({ receipt }) => receipt)) return;
    if (Date.now() - began > ENOUGH_MS) {
      part(page, 'receipt-waits').textContent =
        'The receipt is taking long. Your data is with the hub; look for it later under Receipts.';
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, Date.now() - began > 60_000 ? LATER_MS : SOON_MS));
  }
}

async function ask(submission) {
  const answer = await fetch(`/api/agency/uploads/${submission}`, { credentials: 'same-origin' }).catch(() => null);
  return answer?.ok ? (await answer.json()).batches : null;
}

function show(page, { table, mapping, checked, starts }, batches) {
  const there = batches.filter(({ receipt }) => receipt);
  const waiting = starts.length - 1 - there.length;
  part(page, 'receipt-waits').textContent = waiting > 0 ? `${counted(waiting, 'receipt')} on the way.` : '';
  const sum = (name) => there.reduce((total, { receipt }) => total + receipt[name], 0);
  const refused = there.filter(({ receipt }) => receipt.status === 'rejected');
  const rows = there.flatMap(({ batch, receipt }) =>
    receipt.rows.map(({ row, errors }) => {
      const index = checked.indexes[starts[batch - 1] + row - 1];
      return { index, line: table.rows[index]?.line, errors };
    }),
  );
  const content = [];
  if (there.length > refused.length)
    content.push(
      element(
        'dl',
        { class: 'govuk-summary-list' },
        ...summary('Rows taken', number(sum('accepted'))),
        ...summary('Rows refused', number(sum('quarantined'))),
        ...summary('Taken without a field that was wrong', number(sum('fields'))),
      ),
    );
  for (const { batch, receipt } of refused)
    content.push(
      element(
        'div',
        { class: 'govuk-inset-text', 'data-part': 'refusal' },
        element('strong', {}, `Batch ${batch} was refused (${receipt.reason}). `),
        `${receipt.words?.means ?? ''} ${receipt.words?.mend ?? ''}`,
      ),
    );
  if (rows.length > 0) {
    const shown = rows
      .slice(0, ROWS_SHOWN)
      .map(({ line, errors }) => [String(line ?? '?'), errors.map(({ message }) => message).join('; ')]);
    content.push(tableOf('To correct in your own system, and to send again', ['Line', 'What is wrong'], shown));
    const save = element(
      'button',
      { type: 'button', class: 'govuk-button govuk-button--secondary', 'data-part': 'save-corrections' },
      'Save the rows to correct as CSV',
    );
    save.onclick = () =>
      download(
        'rows-to-correct.csv',
        'text/csv',
        correctionsCsv(
          table.headings,
          rows
            .filter(({ index }) => index !== undefined)
            .map((one) => ({ ...one, cells: cellsToShow(table, mapping, checked, one.index) })),
        ),
      );
    content.push(save);
  }
  part(page, 'receipt-content').replaceChildren(...content);
  const done = waiting === 0;
  part(page, 'receipt-title').textContent = !done
    ? 'Waiting for the receipt'
    : refused.length > 0
      ? 'Refused'
      : 'Received';
}

function summary(key, value) {
  return [
    element(
      'div',
      { class: 'govuk-summary-list__row' },
      element('dt', { class: 'govuk-summary-list__key' }, key),
      element('dd', { class: 'govuk-summary-list__value' }, value),
    ),
  ];
}
