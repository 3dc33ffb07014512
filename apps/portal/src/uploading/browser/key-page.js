/* global navigator */
import { clearProblem, download, field, part, tellProblem } from './dom.js';
import { forgetKey, keepKey, keptKey } from './key-store.js';
import { makeSigningKey, takeSigningKey } from './signing-key.js';
import { HubError } from '#contracts';

/** The page on which an agency's user makes a signing key, or brings one, and takes its public half to be registered. */
export async function keyPage(page) {
  const { agency, agencyName, account } = page.dataset;
  const registered = JSON.parse(page.dataset.registered);

  function show(key) {
    part(page, 'has-key').hidden = !key;
    part(page, 'no-key').hidden = Boolean(key);
    if (!key) return;
    part(page, 'fingerprint').textContent = key.readOut;
    part(page, 'public-key').value = key.publicKeyArmored;
    part(page, 'registered').hidden = !registered.includes(key.fingerprint);
    part(page, 'not-registered').hidden = registered.includes(key.fingerprint);
    part(page, 'copy').onclick = async () => {
      await navigator.clipboard.writeText(key.publicKeyArmored).catch(() => part(page, 'public-key').select());
      part(page, 'copied').textContent = 'Copied.';
    };
    part(page, 'save-public').onclick = () => download('agency.pub.asc', 'application/pgp-keys', key.publicKeyArmored);
    part(page, 'save-private').onclick = () =>
      download('agency.key.asc', 'application/pgp-keys', key.privateKeyArmored);
    part(page, 'forget').onclick = () =>
      attempt(async () => {
        await forgetKey(account);
        show(null);
      });
  }

  async function attempt(act) {
    clearProblem(page);
    try {
      await act();
    } catch (error) {
      tellProblem(page, error);
    }
  }

  async function take(form, made) {
    const passphrase = field(form, 'passphrase').value;
    if (field(form, 'again') && field(form, 'again').value !== passphrase)
      throw new HubError('usage', 'The two passphrases are not the same. Type them again.');
    const key = await made(passphrase);
    const keep = field(form, 'keep').checked;
    form.reset();
    if (keep)
      await keepKey(account, key).catch(() => {
        throw new HubError(
          'usage',
          'This browser keeps nothing (a private window?). Save the private key as a file instead.',
        );
      });
    part(page, 'kept').hidden = !keep;
    part(page, 'not-kept').hidden = keep;
    show(key);
    part(page, 'has-key').focus();
  }

  const on = (name, made) => {
    const form = part(page, name);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = form.querySelector('button[type=submit]');
      button.disabled = true;
      void attempt(() => take(form, (passphrase) => made(form, passphrase))).finally(() => (button.disabled = false));
    });
  };
  on('make', (_form, passphrase) => makeSigningKey(agency, agencyName, passphrase));
  on('bring', async (form, passphrase) => {
    const file = field(form, 'file').files[0];
    const text = file ? await file.text() : field(form, 'pasted').value;
    if (text.trim() === '') throw new HubError('usage', 'Choose the key file, or paste the key.');
    return takeSigningKey(text, passphrase);
  });

  part(page, 'works').hidden = false;
  show(await keptKey(account));
}
