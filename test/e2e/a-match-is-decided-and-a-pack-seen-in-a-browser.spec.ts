import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { exportMatches } from '../../apps/connector/src/exporting/register-matches.js';
import { SignedIn } from '../../deploy/demo/browser.js';
import { choose } from '../../deploy/demo/choosing.js';
import { decide } from '../../deploy/demo/deciding.js';
import { holdMeeting } from '../../deploy/demo/meeting.js';
import { readExport, Truth } from '../../deploy/demo/truth.js';
import { until } from '../../deploy/demo/waiting.js';
import { DEMO_PASSWORD } from '../../deploy/identity/users.js';
import { launchBrowser } from '../support/browser.js';
import { hubWithCounty, quiet, type HubWithCounty } from '../support/hub.js';

// Everything is real: PostgreSQL, Kafka with TLS and ACLs, the services, the identity provider, Chromium.
let world: HubWithCounty;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = await Promise.all([hubWithCounty(1_500, 8), launchBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

/** Signs somebody in as a person does. */
async function signIn(username: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(world.hub.web);
  await page.goto(`${world.hub.web}/sign-in`);
  await page.fill('#username', username);
  await page.fill('#password', DEMO_PASSWORD);
  await page.click('button[type=submit]');
  await page.waitForURL(`${world.hub.web}/**`);
  return page;
}

/** The surnames on a match page, of both records, as its table has them: in small letters. */
async function surnamesOn(page: Page): Promise<string[]> {
  const row = page.locator('table.hub-pair tr', { has: page.locator('th', { hasText: /^\s*Surname\s*$/ }) });
  const cells = await row.locator('td[data-label]').allInnerTexts();
  return cells.map((text) => text.trim().toLowerCase()).filter((text) => text !== '' && text !== 'not given');
}

const statusOf = (matchId: string) =>
  world.database.raw
    .query<{ status: string }>('SELECT status FROM matching.match WHERE id = $1', [matchId])
    .then(({ rows }) => rows[0]?.status);

describe('an analyst at a browser', () => {
  it('signs in, opens a match, sees why, and confirms it; the hub links the record', async () => {
    const page = await signIn('analyst-1');
    await page.goto(`${world.hub.web}/review?role=victim`);
    const link = page.locator('main a[href^="/review/"]').first();
    const matchId = (await link.getAttribute('href'))!.split('/').at(-1)!.split('?')[0]!;
    await link.click();
    expect(await page.locator('h1').innerText()).toMatch(/Match/);
    // Titles and addresses stand in histories and on shared screens.
    const surnames = await surnamesOn(page);
    expect(surnames.length).toBeGreaterThan(0);
    const seen = decodeURIComponent(`${await page.title()} ${page.url()}`).toLowerCase();
    const words = ` ${seen.replace(/[^\p{L}'’-]+/gu, ' ')} `;
    for (const surname of surnames) expect(words).not.toContain(` ${surname} `);
    expect(await page.locator('main').innerText()).toMatch(/same person/);
    expect(await page.locator('main svg').count()).toBeGreaterThan(0);

    await page.check('input[name=outcome][value=confirm]');
    await page.fill('textarea[name=reason]', 'Name, birth date and address agree.');
    await page.click('main form button[type=submit]');
    await page.waitForLoadState('networkidle');
    await until('the link', async () => (await statusOf(matchId)) === 'linked', 20);
    const { rows } = await world.database.raw.query<{ n: string }>(
      `SELECT count(*) AS n FROM audit.entry WHERE entry->>'action' = 'LinkDecided' AND entry->'object'->>'id' = $1`,
      [matchId],
    );
    expect(Number(rows[0]!.n)).toBe(1);
  }, 60_000);

  it('a decision without a reason is not taken, and what was chosen is kept', async () => {
    const page = await signIn('analyst-1');
    await page.goto(`${world.hub.web}/review`);
    await page.locator('main a[href^="/review/"]').first().click();
    await page.check('input[name=outcome][value=reject]');
    await page.click('main form button[type=submit]');
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.govuk-error-summary').innerText()).toMatch(/why/i);
    expect(await page.isChecked('input[name=outcome][value=reject]')).toBe(true);
  }, 60_000);

  it('a perpetrator’s link waits for a second person, and the page does not say that somebody has looked', async () => {
    const first = await signIn('analyst-1');
    await first.goto(`${world.hub.web}/review?role=perpetrator`);
    const href = (await first.locator('main a[href^="/review/"]').first().getAttribute('href'))!;
    const matchId = href.split('/').at(-1)!.split('?')[0]!;
    const confirm = async (page: Page) => {
      await page.goto(new URL(href, world.hub.web).href);
      await page.check('input[name=outcome][value=confirm]');
      await page.fill('textarea[name=reason]', 'Name and birth date agree.');
      await page.click('main form button[type=submit]');
      await page.waitForLoadState('networkidle');
    };
    await confirm(first);
    expect(await statusOf(matchId)).not.toBe('linked');
    const second = await signIn('reviewer-1');
    await second.goto(new URL(href, world.hub.web).href);
    expect(await second.locator('main').innerText()).not.toMatch(/analyst-1|Name and birth date agree/);
    await confirm(second);
    await until('the link', async () => (await statusOf(matchId)) === 'linked', 20);
  }, 90_000);
});

describe('a coordinator at a browser', () => {
  it('sees each recipient’s pack of a meeting, sent and opened', async () => {
    const pairs = readExport(await exportMatches(world.state));
    const truth = new Truth(world.county);
    const reviewers = {
      analyst: await SignedIn.as(world.hub.web, 'analyst-2'),
      second: await SignedIn.as(world.hub.web, 'reviewer-1'),
    };
    const chosen = await choose(world.database, world.county, pairs, truth);
    const open = chosen.pairs.filter(({ status }) => status === 'proposed' || status === 'closer-look').slice(0, 10);
    await decide(
      reviewers,
      open.filter((pair) => pair.subject_part === 'victim' && pair.part === 'person' && truth.isTrue(pair)).slice(0, 3),
      truth,
      world.database,
      quiet,
    );
    await holdMeeting(
      world.state,
      chosen.cases.slice(0, 2),
      await SignedIn.as(world.hub.web, 'coordinator-1'),
      world.database,
      quiet,
    );

    const page = await signIn('coordinator-1');
    await page.goto(`${world.hub.web}/meetings`);
    await page.locator('main a[href^="/meetings/"]:not([href$="/new"])').first().click();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/M-\d{4}-\d{3}/);
    expect(text).toMatch(/Police/);
    expect(text).toMatch(/opened/i);
  }, 120_000);
});

describe('the door', () => {
  it('a page asked for without signing in is not shown', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${world.hub.web}/review`);
    expect(await page.locator('body').innerText()).toMatch(/sign in/i);
    expect(await page.locator('a[href^="/review/"]').count()).toBe(0);
    expect((await page.request.get(`${world.hub.web}/api/queue`)).status()).toBe(401);
  }, 30_000);

  it('an agency’s officer sees the agency’s receipts and no case', async () => {
    const page = await signIn('officer-ashfield');
    await page.goto(`${world.hub.web}/agency/receipts`);
    expect(await page.locator('main').innerText()).toMatch(/arrears|housing/i);
    for (const path of ['/review', '/cases', '/meetings', '/reviews', '/audit'])
      expect((await page.goto(`${world.hub.web}${path}`))!.status()).toBe(403);
  }, 60_000);
});
