import { initAll } from './govuk.js';
import { initAll as initMoj } from './moj.js';

initAll();
initMoj();

// Filters submit when changed; without this script there is a button.
for (const form of document.querySelectorAll('form[data-submit-on-change]')) {
  form.querySelectorAll('select').forEach((field) => field.addEventListener('change', () => form.submit()));
}

// One act, one request: a second click on a form's button does nothing.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = '1';
  });
}

// Keys on a match page. One can turn them off (WCAG 2.1.4): they clash with some assistive software.
const page = document.querySelector('[data-match-keys]');
if (page) {
  const off = () => localStorage.getItem('mash.keys') === 'off';
  const button = document.querySelector('[data-keys-toggle]');
  const show = () => {
    document.body.classList.toggle('hub-keys-off', off());
    if (button) button.textContent = off() ? 'Turn keys on' : 'Turn keys off';
  };
  button?.addEventListener('click', () => {
    localStorage.setItem('mash.keys', off() ? 'on' : 'off');
    show();
  });
  button?.removeAttribute('hidden');
  show();
  const outcome = { c: 'confirm', r: 'reject', m: 'need-more' };
  document.addEventListener('keydown', (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches('input:not([type=radio]), textarea, select'))
      return;
    const radio = outcome[event.key] && document.querySelector(`input[name="outcome"][value="${outcome[event.key]}"]`);
    if (radio) {
      event.preventDefault();
      radio.checked = true;
      document.querySelector('textarea[name="reason"]')?.focus();
    }
    const link = { j: 'next', k: 'previous' }[event.key];
    if (link) document.querySelector(`a[data-move="${link}"]`)?.click();
  });
}
