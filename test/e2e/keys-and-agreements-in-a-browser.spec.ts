import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fingerprintForReadOut, generateAgencyKey, type GeneratedKey } from '#crypto';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { runningPortal, type RunningPortal } from '../../apps/portal/test/running-portal.js';
import { DEMO_PASSWORD } from '../../deploy/identity/users.js';
import { seed } from '../../prisma/seed.js';
import { launchBrowser } from '../support/browser.js';

// Real: PostgreSQL, the portal, the identity provider, Chromium. Not there: Kafka.
let portal: RunningPortal;
let browser: Browser;
let owner: pg.Client;
let admin: Page;
let officer: Page;
const WIDTHS = [1200, 375];

beforeAll(async () => {
  [portal, browser] = await Promise.all([runningPortal(), launchBrowser()]);
  owner = new pg.Client({ connectionString: portal.database.ownerUrl });
  await owner.connect();
  const keys = [];
  for (const agency of ['ashfield', 'gedling', 'womens-aid', 'police']) {
    const key = await made(agency, agency === 'gedling' ? 25 : undefined);
    keys.push({ agency, fingerprint: key.fingerprint, publicKey: key.publicKeyArmored });
  }
  await seed(portal.database.ownerUrl, keys);
  [admin, officer] = [await signIn('admin-1'), await signIn('dpo-1')];
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await owner?.end();
  await portal?.stop();
}, 30_000);

const made = (agency: string, expiresInDays?: number): Promise<GeneratedKey> =>
  generateAgencyKey({
    agency,
    name: `Test ${agency}`,
    ...(expiresInDays ? { expiresInDays } : {}),
    date: new Date(Date.now() - 60_000),
  });

async function signIn(username: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
  await page.goto(`${portal.web}/sign-in`);
  await page.fill('#username', username);
  await page.fill('#password', DEMO_PASSWORD);
  await page.click('button[type=submit]');
  await page.waitForURL(`${portal.web}/**`);
  return page;
}

/** What is wrong with a page for somebody with a narrow screen, a keyboard or a screen reader. Runs in the browser. */
const FAULTS = `(() => {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(wide + ' px too wide');
  if (all('h1').length !== 1) faults.push('not one h1');
  for (const field of all('main input:not([type=hidden]), main select, main textarea'))
    if (!field.labels || field.labels.length === 0) faults.push('no label: ' + field.name);
  for (const table of all('main table')) if (!table.querySelector('th[scope]')) faults.push('a table without headings');
  for (const link of all('main a')) if (link.textContent.trim() === '') faults.push('a link without words');
  const ids = all('[id]').map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('the id ' + id + ' stands twice');
  for (const mark of all('.govuk-error-summary__list a'))
    if (!document.getElementById(mark.hash.slice(1))) faults.push('the error leads nowhere: ' + mark.hash);
  return [...new Set(faults)];
})()`;

/** At both widths. TEST_PICTURES names a folder to keep pictures in, for looking at. */
async function wellFormed(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    expect({ name, width, faults: await page.evaluate<string[]>(FAULTS) }).toEqual({ name, width, faults: [] });
    const folder = process.env['TEST_PICTURES'];
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1200, height: 900 });
}

const open = (page: Page, path: string) => page.goto(`${portal.web}${path}`);
/** Waits for the page that follows, not only for the one that is there. */
const andThen = (page: Page, act: Promise<unknown>) => Promise.all([page.waitForEvent('load'), act]);
const submit = (page: Page, words: string | RegExp) => andThen(page, page.getByRole('button', { name: words }).click());

describe('a key at a browser', () => {
  let key: GeneratedKey;

  it('is handed in by one person, with which key it takes over from', async () => {
    key = await made('ashfield');
    await open(admin, '/agencies');
    await wellFormed(admin, 'agencies');
    await andThen(admin, admin.getByRole('link', { name: 'Ashfield District Council' }).click());
    await andThen(admin, admin.getByRole('button', { name: 'Hand in a key' }).click());
    await submit(admin, 'Hand it in');
    await wellFormed(admin, 'key-new-wrong');
    await admin.getByLabel('The agency’s public key').fill(key.publicKeyArmored);
    await admin.getByLabel('Which key does it take over from?').selectOption({ index: 1 });
    await admin.getByLabel('For how long do both count?').fill('30');
    await wellFormed(admin, 'key-new');
    await submit(admin, 'Hand it in');
    expect(await admin.locator('main').innerText()).toContain('The key is handed in');
    await wellFormed(admin, 'agency-proposed');
  }, 60_000);

  it('is confirmed by another, who sees no fingerprint before entering it', async () => {
    await open(officer, '/');
    await wellFormed(officer, 'home');
    await andThen(officer, officer.getByRole('link', { name: 'key to confirm by telephone' }).click());
    await andThen(officer, officer.getByRole('link', { name: 'Ashfield District Council' }).click());
    await andThen(officer, officer.getByRole('link', { name: /Call the agency and confirm it/ }).click());
    expect((await officer.content()).toUpperCase()).not.toContain(key.fingerprint.slice(0, 12));
    await officer.getByLabel('The fingerprint as it was read out').fill('A'.repeat(40));
    await submit(officer, 'Register the key');
    await wellFormed(officer, 'key-confirm-wrong');
    await officer
      .getByLabel('The fingerprint as it was read out')
      .fill(fingerprintForReadOut(key.fingerprint).toLowerCase());
    await andThen(officer, officer.keyboard.press('Enter'));
    const text = await officer.locator('main').innerText();
    expect(text).toContain('The key is registered');
    expect(text).toContain('Overlapping');
    await wellFormed(officer, 'agency-overlapping');
  }, 60_000);

  it('is revoked with a reason, by one person', async () => {
    await open(admin, '/agencies/police');
    await andThen(admin, admin.getByRole('link', { name: /^Revoke/ }).click());
    await submit(admin, 'Revoke it now');
    await wellFormed(admin, 'key-revoke-wrong');
    await admin.getByLabel('Somebody else may have it').check();
    await submit(admin, 'Revoke it now');
    expect(await admin.locator('main').innerText()).toMatch(/The key is revoked/);
    await wellFormed(admin, 'agency-revoked');
  }, 60_000);

  it('that ends soon is warned of on its agency’s page and on the start page', async () => {
    await open(officer, '/agencies/gedling');
    expect(await officer.locator('.govuk-warning-text').innerText()).toMatch(/ends on/);
    await wellFormed(officer, 'agency-warned');
    await open(officer, '/');
    expect(await officer.locator('main').innerText()).toMatch(/key ends within 60 days/);
  }, 60_000);
});

describe('an agreement at a browser', () => {
  it('is entered by the data protection officer and approved by somebody else', async () => {
    await open(officer, '/agreements');
    await andThen(officer, officer.getByRole('link', { name: 'What agencies may send to the hub' }).click());
    await wellFormed(officer, 'agreements');
    await andThen(officer, officer.getByRole('button', { name: 'Enter an agreement' }).click());
    await officer.getByLabel('Whose feed is it?').selectOption('womens-aid');
    await officer.getByLabel('Which feed?').selectOption('dv-service');
    await wellFormed(officer, 'agreement-new-1');
    await submit(officer, 'Continue');
    await submit(officer, 'Enter for approval');
    await wellFormed(officer, 'agreement-new-wrong');
    await officer.getByLabel('Pregnant').uncheck();
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-');
    for (const [name, days] of [
      ['start', 1],
      ['review', 200],
    ] as const)
      for (const [index, part] of ['year', 'month', 'day'].entries())
        await officer.fill(`[name=${name}-${part}]`, day(days)[index]!);
    await wellFormed(officer, 'agreement-new-2');
    await submit(officer, 'Enter for approval');
    expect(await officer.locator('main').innerText()).toContain('another person must approve it');
    const path = new URL(officer.url()).pathname;
    await open(admin, path);
    await wellFormed(admin, 'agreement-waiting');
    await submit(admin, /^Approve/);
    const text = await admin.locator('main').innerText();
    expect(text).toContain('Agreed for later');
    expect(text).not.toContain('Pregnant');
    await wellFormed(admin, 'agreement-approved');
  }, 90_000);
});

describe('dead letters at a browser', () => {
  it('are counts and what to do about them', async () => {
    await owner.query(
      `INSERT INTO ingest.dead_letter (topic, partition, "offset", value, size, reason, attempts, first_at) VALUES
       ('feeds.ashfield', 0, 7, '', 11, 'P2002', 4, now() - interval '3 hours'), ('feeds.newark-sherwood', 0, 8, '', 11, 'PrismaClientKnownRequestError', 4, now())`,
    );
    await open(admin, '/system');
    await wellFormed(admin, 'system');
    await andThen(admin, admin.getByRole('link', { name: 'See dead letters' }).click());
    await wellFormed(admin, 'dead-letters');
    expect(await admin.locator('main').innerText()).toContain('2 messages could not be taken');
  }, 60_000);
});
