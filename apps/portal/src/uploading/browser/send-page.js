/* global crypto */
import { HubError } from '#contracts';
import { checkTable } from './checked-table.js';
import { readTable, requireFits } from './csv-table.js';
import { clearProblem, counted, field, part, tellProblem } from './dom.js';
import { keptKey } from './key-store.js';
import { mappingTable } from './mapping-table.js';
import { readPublicKey } from './openpgp-parts.js';
import { showChecked } from './preview.js';
import { followReceipts } from './receipts.js';
import { sealedBatches } from './sealed-batches.js';
import { sendBatch } from './sending.js';
import { takeSigningKey, unlock } from './signing-key.js';

/**
 * The page on which an agency's user sends a file. Everything about people stays in here until it is sealed: file, rows and key are never
 * part of a request, an address or a message to the log.
 */
export function sendPage(page) {
  const { agency, account, csrf } = page.dataset;
  const registered = JSON.parse(page.dataset.registered);
  const form = part(page, 'form');
  const state = { table: null, mapping: null, checked: null, round: 0 };

  const feed = () => field(form, 'feed').value;
  const mode = () => form.elements.mode.value;

  async function attempt(act) {
    clearProblem(page);
    try {
      await act();
    } catch (error) {
      tellProblem(page, error);
    }
  }

  async function fileChosen() {
    const file = field(form, 'file').files[0];
    Object.assign(state, { table: null, mapping: null, checked: null });
    for (const name of ['columns', 'check', 'seal']) part(page, name).hidden = true;
    if (!file || feed() === '') return;
    requireFits(file.size);
    state.table = readTable(new Uint8Array(await file.arrayBuffer()));
    state.mapping = mappingTable(part(page, 'columns-table'), feed(), state.table, () => void attempt(check));
    part(page, 'columns').hidden = false;
    await check();
  }

  async function check() {
    const round = ++state.round;
    state.checked = null;
    part(page, 'seal').hidden = true;
    const status = part(page, 'status');
    const checked = await checkTable(feed(), state.table, state.mapping.current(), mode(), (rows) => {
      status.textContent = `${counted(rows, 'row')} checked`;
      return round === state.round;
    });
    if (!checked || round !== state.round) return;
    state.checked = checked;
    status.textContent = `${counted(checked.rows, 'row')} checked, ${counted(checked.problems.length, 'problem')}`;
    state.mapping.showExamples(checked);
    showChecked(page, state.table, state.mapping.current(), checked);
    part(page, 'check').hidden = false;
    part(page, 'seal').hidden = checked.good === 0;
    part(page, 'replaces').hidden = mode() !== 'full';
  }

  async function lockedKey(passphrase) {
    const file = field(form, 'key').files[0];
    const kept = await keptKey(account);
    if (file) return takeSigningKey(await file.text(), passphrase);
    if (kept) return kept;
    throw new HubError(
      'usage',
      'There is no signing key in this browser. Choose the key file, or make a key on the page "Signing key".',
    );
  }

  async function send() {
    const { checked, table } = state;
    if (!checked) throw new HubError('usage', 'Choose a file first, and wait until it is checked.');
    if (checked.good === 0)
      throw new HubError(
        'no_good_row',
        'Nothing was sent: not one row is good. Is it the right file and feed, and are its columns read rightly?',
      );
    const passphrase = field(form, 'passphrase').value;
    const key = await lockedKey(passphrase);
    const agencyKey = await unlock(key.privateKeyArmored, passphrase);
    field(form, 'passphrase').value = '';
    if (!registered.includes(key.fingerprint))
      throw new HubError(
        'unknown_signer',
        'Nothing was sent: this key is not registered for your agency, or no longer. Give its public half to the hub (page "Signing key"); two people there register it. Then reload this page.',
      );
    const submission = crypto.randomUUID();
    const sending = {
      agency,
      feed: feed(),
      mode: mode(),
      lines: checked.lines,
      submission,
      sequence: Date.now(),
      extractedAt: new Date(field(form, 'file').files[0].lastModified),
      agencyKey,
      hubKey: await readPublicKey(part(page, 'hub-key').value),
    };
    const progress = part(page, 'progress');
    const bar = progress.querySelector('progress');
    part(page, 'sending').hidden = false;
    form.hidden = true;
    const starts = [0];
    try {
      for await (const { batch, batches, rows, message } of sealedBatches(sending)) {
        await sendBatch({ csrf, feed: sending.feed, submission, batch, batches, message });
        starts.push(starts.at(-1) + rows);
        bar.max = batches;
        bar.value = batch;
        part(page, 'progress-text').textContent =
          `${batch} of ${counted(batches, 'batch', 'batches')} sealed and handed over`;
      }
    } catch (error) {
      // Back to the form: what is in it can be sent anew.
      part(page, 'sending').hidden = true;
      form.hidden = false;
      throw error;
    }
    part(page, 'receipt').hidden = false;
    part(page, 'receipt').focus();
    await followReceipts(page, { submission, table, mapping: state.mapping.current(), checked, starts });
  }

  const files = () => void attempt(fileChosen);
  field(form, 'file').addEventListener('change', files);
  field(form, 'feed').addEventListener('change', files);
  for (const radio of form.querySelectorAll('input[name=mode]'))
    radio.addEventListener('change', () => state.table && void attempt(check));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('button[type=submit]');
    if (button.disabled) return;
    button.disabled = true;
    void attempt(send).finally(() => (button.disabled = false));
  });

  part(page, 'works').hidden = false;
  void keptKey(account).then((key) => {
    part(page, 'kept-key').hidden = !key;
    part(page, 'no-kept-key').hidden = Boolean(key);
    if (key) part(page, 'kept-fingerprint').textContent = key.readOut;
  });
}
