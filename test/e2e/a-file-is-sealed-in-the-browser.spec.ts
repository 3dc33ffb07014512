import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { sealSubmission } from '../../apps/connector/src/sealing/seal-submission.js';
import { startHub, type RunningHub } from '../../deploy/embedded/hub.js';
import { until } from '../../deploy/demo/waiting.js';
import { signInAs } from '../../deploy/identity/signing-in.js';
import { DEMO_PASSWORD } from '../../deploy/identity/users.js';
import { generateAgencyKey, readPublicKey, readSecretKey } from '#crypto';
import { launchBrowser } from '../support/browser.js';

// Real: PostgreSQL, Kafka with TLS and ACLs, portal, ingest, audit, the identity provider, Chromium. Every person is invented.
let hub: RunningHub;
let state: string;
let browser: Browser;
let database: pg.Client;

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'mash-upload-'));
  hub = await startHub({ state, apps: ['ingest', 'portal', 'audit'] });
  browser = await launchBrowser();
  database = new pg.Client({ connectionString: hub.postgres.url });
  await database.connect();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await database?.end();
  await hub?.stop();
  rmSync(state, { recursive: true, force: true });
}, 60_000);

const PASSPHRASE = 'turnip-lantern-quarry-eleven';
const PICTURES = process.env.MASH_PICTURES;

const HEADINGS =
  'Reference,Surname,Forenames,Date of Birth,NHS Number,Address 1,Town,Postcode,Telephone,Balance,Confidential';
const ROWS = [
  'AR-1001,Quillfeather,Peregrine,14/03/1981,943 476 5919,12 Invented Street,Ashfield,NG17 1AA,01632 960123,412.50,',
  'AR-1002,Okonkwo-Sample,Adaeze,02/11/1990,,3 Pretend Close,Ashfield,NG17 2BB,,88.00,',
  'AR-1003,Thistlewood,Imelda,29/01/1975,123 456 7890,7 Made Up Lane,Ashfield,NG17 3CC,,19.99,',
  'AR-1004,Brackenridge,Torquil,31/12/1968,,"=HYPERLINK(""http://evil.example"")",Ashfield,NG17 4DD,,lots,',
  'AR-1005,Hollowell-Test,Saffron,05/05/1999,,44 Hidden Mews,Ashfield,NG17 5EE,,250.00,yes',
];
/** What may be seen by nobody outside the browser; the headings may not be either. */
const SECRETS = [
  'Quillfeather',
  'Okonkwo',
  'Adaeze',
  'Thistlewood',
  'Brackenridge',
  'Hollowell',
  'Saffron',
  'Invented Street',
  'Pretend Close',
  'Hidden Mews',
  'NG17',
  '943 476 5919',
  '9434765919',
  '01632',
  'AR-100',
  '1981',
  'HYPERLINK',
  'Forenames',
  PASSPHRASE,
  'BEGIN PGP PRIVATE',
  'ashfield-export',
];

interface Crossed {
  method: string;
  url: string;
  text: string;
  body: Buffer | null;
}

/** A signed-in officer's page, and everything that leaves its browser from then on. */
async function officer(
  username: string,
): Promise<{ page: Page; crossed: Crossed[]; broken: string[]; context: BrowserContext }> {
  const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${hub.web}/sign-in`);
  await page.fill('#username', username);
  await page.fill('#password', DEMO_PASSWORD);
  await page.click('button[type=submit]');
  await page.waitForURL(`${hub.web}/**`);
  const crossed: Crossed[] = [];
  const broken: string[] = [];
  context.on('request', (request: Request) => {
    const body = request.postDataBuffer();
    const text = `${decodeURIComponent(request.url())} ${JSON.stringify(request.headers())} ${body?.toString('latin1') ?? ''}`;
    crossed.push({ method: request.method(), url: request.url(), text, body });
  });
  page.on('websocket', (socket) => broken.push(`websocket ${socket.url()}`));
  page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
  page.on('pageerror', (error) => broken.push(String(error)));
  return { page, crossed, broken, context };
}

/** The page's own problem box, once it is there. */
async function problemOf(page: Page): Promise<string> {
  await page.waitForSelector('[data-part="problem"]:not([hidden])', { timeout: 20_000 });
  return page.locator('[data-part="problem-text"]').innerText();
}

async function bringKey(page: Page, agency: string): Promise<void> {
  await page.goto(`${hub.web}/agency/signing-key`);
  const form = page.locator('form[data-part="bring"]');
  await form.locator('input[type=file]').setInputFiles(join(state, 'agencies', agency, 'agency.key.asc'));
  await form.locator('input[type=password]').fill(PASSPHRASE);
  await form.locator('input[type=checkbox]').check();
  await form.locator('button[type=submit]').click();
  await page.waitForSelector('[data-part="has-key"]:not([hidden])', { timeout: 30_000 });
}

async function chooseFile(
  page: Page,
  feed: string,
  text: string | Buffer,
  name = 'ashfield-export.csv',
): Promise<void> {
  await page.goto(`${hub.web}/agency/send`);
  await page.selectOption('#feed', feed);
  await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: Buffer.from(text as string) });
}

/** The page fits a desk and a telephone; MASH_PICTURES names a folder for pictures of both. */
async function fits(page: Page, name: string): Promise<void> {
  for (const width of [1200, 375]) {
    await page.setViewportSize({ width, height: 900 });
    expect([name, width, await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')]).toEqual([
      name,
      width,
      true,
    ]);
    if (!PICTURES) continue;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1200, height: 900 });
}

const uploadsOf = (crossed: Crossed[]) =>
  crossed.filter(({ method, url }) => method === 'POST' && url.includes('/api/agency/uploads'));

describe('an agency’s data officer at a browser', () => {
  it('makes a key whose private half stays there, and cannot send with it before it is registered', async () => {
    const { page, crossed, broken, context } = await officer('officer-gedling');
    await page.goto(`${hub.web}/agency/signing-key`);
    await fits(page, 'signing-key-none');
    const form = page.locator('form[data-part="make"]');
    await form.locator('input[type=password]').first().fill('short');
    await form.locator('input[type=password]').last().fill('short');
    await form.locator('button[type=submit]').click();
    expect(await problemOf(page)).toMatch(/at least 14/);
    for (const index of [0, 1]) await form.locator('input[type=password]').nth(index).fill(PASSPHRASE);
    await form.locator('button[type=submit]').click();
    await page.waitForSelector('[data-part="has-key"]:not([hidden])', { timeout: 30_000 });
    expect(await page.locator('[data-part="fingerprint"]').innerText()).toMatch(/^([0-9A-F]{4} ){9}[0-9A-F]{4}$/);
    expect(await page.inputValue('[data-part="public-key"]')).toContain('BEGIN PGP PUBLIC KEY BLOCK');
    expect(await page.locator('[data-part="not-registered"]').isVisible()).toBe(true);
    await fits(page, 'signing-key-made');
    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('[data-part="save-private"]')]);
    const armoured = readFileSync((await saved.path())!, 'utf8');
    await expect(readSecretKey(armoured)).rejects.toMatchObject({ code: 'key_locked' });
    expect((await readSecretKey(armoured, PASSPHRASE)).isDecrypted()).toBe(true);

    await chooseFile(page, 'arrears', [HEADINGS, ROWS[0]].join('\n'));
    await page.waitForSelector('[data-part="seal"]:not([hidden])', { timeout: 20_000 });
    await page.fill('#passphrase', PASSPHRASE);
    await page.click('form[data-part="form"] button[type=submit]');
    expect(await problemOf(page)).toMatch(/not registered/);
    expect(uploadsOf(crossed)).toEqual([]);
    for (const secret of SECRETS)
      expect(crossed.filter(({ text }) => text.includes(secret)).map(({ url }) => url)).toEqual([]);
    expect(broken).toEqual([]);
    await context.close();
  }, 120_000);

  it('sees how the file is read, sends it sealed and nothing else, and gets the receipt', async () => {
    const { page, crossed, broken, context } = await officer('officer-ashfield');
    await bringKey(page, 'ashfield');
    expect(await page.locator('[data-part="registered"]').isVisible()).toBe(true);
    await page.goto(`${hub.web}/agency/send`);
    await fits(page, 'send-empty');
    await chooseFile(page, 'arrears', [HEADINGS, ...ROWS].join('\r\n'));
    await page.waitForSelector('[data-part="seal"]:not([hidden])', { timeout: 20_000 });
    const select = (column: number) => page.locator(`select[data-column="${column}"]`);
    expect(await select(1).inputValue()).toBe('person.surname');
    const counts = async () =>
      Object.fromEntries(
        await Promise.all(
          ['rows', 'good', 'problems', 'fields', 'confidential'].map(
            async (name) => [name, await page.locator(`[data-part="count-${name}"]`).innerText()] as const,
          ),
        ),
      );
    expect(await counts()).toEqual({ rows: '5', good: '4', problems: '1', fields: '1', confidential: '1' });
    expect(await page.locator('[data-part="problems"]').innerText()).toMatch(/Balance/);
    expect(await page.locator('[data-part="problems"]').innerText()).toMatch(/NHS number/i);
    // Not on the screen either, nor in what is saved from it.
    expect(await page.locator('main').innerText()).not.toMatch(/Hidden Mews|NG17 5EE/);
    // A column is not what it was taken for: the check follows.
    await select(9).selectOption('');
    await until('the check', async () => (await counts())['good'] === '5', 10);
    await select(9).selectOption('balance');
    await until('the check', async () => (await counts())['good'] === '4', 10);
    await fits(page, 'send-checked');

    await page.fill('#passphrase', `${PASSPHRASE}-wrong`);
    await page.click('form[data-part="form"] button[type=submit]');
    expect(await problemOf(page)).toMatch(/passphrase does not open/);
    expect(uploadsOf(crossed)).toEqual([]);

    await page.fill('#passphrase', PASSPHRASE);
    await page.click('form[data-part="form"] button[type=submit]');
    await page.waitForSelector('[data-part="receipt-title"]:text-is("Received")', { timeout: 40_000 });
    const receipt = await page.locator('[data-part="receipt"]').innerText();
    expect(receipt).toMatch(/Rows taken\s*4/);
    expect(receipt).toMatch(/Rows refused\s*1/);
    expect(receipt).toMatch(/Balance/);
    await fits(page, 'send-received');

    const [saved] = await Promise.all([page.waitForEvent('download'), page.click('[data-part="save-corrections"]')]);
    const csv = readFileSync((await saved.path())!, 'utf8');
    expect(saved.suggestedFilename()).toBe('rows-to-correct.csv');
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(csv).toContain('Brackenridge');
    expect(csv).not.toContain('Quillfeather');

    // What crossed the network: one sealed body, and no clear word of file, key or passphrase anywhere.
    const sent = uploadsOf(crossed);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.body![0]! & 0xc0).toBe(0xc0);
    for (const { url } of crossed.filter(({ url }) => !url.startsWith('blob:')))
      expect(url.startsWith(`${hub.web}/`)).toBe(true);
    for (const secret of SECRETS)
      expect(crossed.filter(({ text }) => text.includes(secret)).map(({ url }) => url)).toEqual([]);
    expect(broken).toEqual([]);

    const { rows } = await database.query<{ records: string; uploads: string; audited: string }>(
      `SELECT (SELECT count(*) FROM ingest.record WHERE agency = 'ashfield' AND feed = 'arrears') AS records,
              (SELECT count(*) FROM portal.upload WHERE agency = 'ashfield' AND sent_by = 'officer-ashfield') AS uploads,
              (SELECT count(*) FROM audit.entry WHERE entry ->> 'action' = 'BatchUploaded' AND entry -> 'actor' ->> 'id' = 'officer-ashfield') AS audited`,
    );
    expect(rows[0]).toEqual({ records: '4', uploads: '1', audited: '1' });
    await context.close();
  }, 180_000);

  it('a file with no good row, of another kind, or too large is refused before anything is sent', async () => {
    const { page, crossed, context } = await officer('officer-ashfield');
    await chooseFile(page, 'arrears', ['Reference,Surname,Balance', 'X1,Sample,lots', 'X2,Sample,more'].join('\n'));
    await page.waitForSelector('[data-part="no-good-row"]:not([hidden])', { timeout: 20_000 });
    expect(await page.locator('[data-part="seal"]').isVisible()).toBe(false);
    await chooseFile(page, 'arrears', Buffer.from('PK\u0003\u0004 not really'), 'export.xlsx');
    expect(await problemOf(page)).toMatch(/CSV UTF-8/);
    await chooseFile(page, 'arrears', Buffer.from('Reference,Surname\nX1,Andr\xe9\n', 'latin1'));
    expect(await problemOf(page)).toMatch(/not UTF-8/);
    await chooseFile(page, 'arrears', Buffer.alloc(21 * 1024 * 1024, 'a,b\n'));
    expect(await problemOf(page)).toMatch(/too large/);
    expect(uploadsOf(crossed)).toEqual([]);
    await context.close();
  }, 90_000);
});

describe('the data-quality page', () => {
  it('shows what ingest counted in what was just sent, and earlier submissions as lines, on a desk and a telephone', async () => {
    for (const [month, missing] of [50, 42, 45, 30, 12].entries())
      for (const [measure, affected] of [
        ['birth_date_missing', missing],
        ['birth_date_1_january', 20],
        ['postcode_missing', 60 - missing],
        ['rows_refused', 3],
      ] as const)
        await database.query(
          `INSERT INTO ingest.data_quality (agency, submission, feed, measure, affected, total, first_at) VALUES ('ashfield', $1, 'housing', $2, $3, 400, $4)`,
          [`00000000-0000-4000-8000-00000000000${month}`, measure, affected, new Date(2026, 4 + month, 3)],
        );
    const { page, broken, context } = await officer('dpo-1');
    await page.goto(`${hub.web}/quality`);
    const captions = (await page.locator('caption').allInnerTexts()).join(' | ');
    expect(captions).toMatch(/Ashfield District Council: Rent arrears/);
    expect(captions).toMatch(/Ashfield District Council: Housing/);
    expect(await page.locator('svg.hub-trend').count()).toBeGreaterThanOrEqual(4);
    await fits(page, 'quality');
    expect(broken).toEqual([]);
    await context.close();
  }, 60_000);
});

describe('the way in behind the page', () => {
  const sealed = async (agency: string, signer?: string) => {
    const keyFile = join(state, 'agencies', agency, 'agency.key.asc');
    return sealSubmission({
      agency,
      feed: 'arrears',
      mode: 'delta',
      lines: [
        JSON.stringify({
          recordRef: `D-${randomUUID()}`,
          person: { surname: 'Sample', forenames: ['Devon'] },
          balance: 5,
        }),
      ],
      extractedAt: new Date(),
      agencyKey: await readSecretKey(signer ?? readFileSync(keyFile, 'utf8')),
      hubKey: await readPublicKey(readFileSync(join(state, 'agencies', agency, 'hub.pub.asc'), 'utf8')),
    });
  };
  const post = async (username: string, submission: string, body: Buffer, headers: Record<string, string> = {}) => {
    const { cookie, csrfToken } = await signInAs(hub.web, username);
    const response = await fetch(`${hub.web}/api/agency/uploads`, {
      method: 'POST',
      headers: {
        cookie,
        'x-csrf-token': csrfToken,
        'content-type': 'application/octet-stream',
        'x-mash-feed': 'arrears',
        'x-mash-submission': submission,
        'x-mash-batch': '1',
        'x-mash-batches': '1',
        ...headers,
      },
      body: new Uint8Array(body),
    });
    return { status: response.status, body: (await response.json()) as any };
  };
  const outcome = async (username: string, submission: string) => {
    const { cookie } = await signInAs(hub.web, username);
    const ask = async () => {
      const response = await fetch(`${hub.web}/api/agency/uploads/${submission}`, { headers: { cookie } });
      return { status: response.status, body: (await response.json()) as any };
    };
    await until('the receipt', async () => Boolean((await ask()).body.batches?.[0]?.receipt), 30);
    return (await ask()).body.batches[0].receipt;
  };

  it('a batch signed with a key nobody registered is refused by ingest, and the page says why', async () => {
    const stranger = await generateAgencyKey({ agency: 'ashfield', name: 'Somebody' });
    const { submission, batches } = await sealed('ashfield', stranger.privateKeyArmored);
    expect((await post('officer-ashfield', submission, batches[0]!.message)).status).toBe(202);
    expect(await outcome('officer-ashfield', submission)).toMatchObject({
      status: 'rejected',
      reason: 'unknown_signer',
      accepted: 0,
    });
  }, 60_000);

  it('another agency’s user can neither send for an agency nor see what it sent', async () => {
    const { submission, batches } = await sealed('ashfield');
    // By Gedling's user it goes to Gedling's topic, where Ashfield's signature counts for nothing.
    expect((await post('officer-gedling', submission, batches[0]!.message)).status).toBe(202);
    expect(await outcome('officer-gedling', submission)).toMatchObject({ status: 'rejected', reason: 'wrong_sender' });
    expect((await post('officer-ashfield', submission, batches[0]!.message)).status).toBe(202);
    expect(await outcome('officer-ashfield', submission)).toMatchObject({ status: 'accepted', accepted: 1 });
    const { cookie } = await signInAs(hub.web, 'officer-bassetlaw');
    expect((await fetch(`${hub.web}/api/agency/uploads/${submission}`, { headers: { cookie } })).status).toBe(404);
  }, 60_000);

  it('the same batch again is taken once, and other bytes under its name are refused', async () => {
    const { submission, batches } = await sealed('ashfield');
    const [first, again] = [
      await post('officer-ashfield', submission, batches[0]!.message),
      await post('officer-ashfield', submission, batches[0]!.message),
    ];
    expect([first.body.again, again.body.again]).toEqual([false, true]);
    const other = await sealed('ashfield');
    expect(await post('officer-ashfield', submission, other.batches[0]!.message)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict' } },
    });
  }, 60_000);

  it('a request without its session’s token, of another role, or without a session is refused', async () => {
    const { submission, batches } = await sealed('ashfield');
    const { message } = batches[0]!;
    expect(await post('officer-ashfield', submission, message, { 'x-csrf-token': 'guessed' })).toMatchObject({
      status: 403,
      body: { error: { code: 'csrf_failed' } },
    });
    expect(await post('analyst-1', submission, message)).toMatchObject({
      status: 403,
      body: { error: { code: 'wrong_role' } },
    });
    expect((await post('officer-ashfield', submission, message, { cookie: '' })).status).toBe(401);
    for (const path of ['/agency/send', '/agency/signing-key']) {
      const { cookie } = await signInAs(hub.web, 'coordinator-1');
      expect((await fetch(`${hub.web}${path}`, { headers: { cookie } })).status).toBe(403);
    }
  }, 60_000);

  it('what is not sealed, too large, a form, or of a feed without an agreement is refused, and nothing of it is kept', async () => {
    const clear = Buffer.from('{"recordRef":"X","person":{"surname":"Quillfeather"}}');
    const { submission, batches } = await sealed('ashfield');
    const { message } = batches[0]!;
    const refused = async (body: Buffer, headers: Record<string, string> = {}) => {
      const answer = await post('officer-ashfield', submission, body, headers);
      return [answer.status, answer.body.error?.code];
    };
    expect(await refused(clear)).toEqual([422, 'not_encrypted_to_hub']);
    expect(await refused(Buffer.concat([message, clear]))).toEqual([422, 'not_encrypted_to_hub']);
    expect(await refused(message.subarray(0, message.length - 7))).toEqual([422, 'not_encrypted_to_hub']);
    expect(await refused(Buffer.alloc(1024 * 1024 + 1))).toEqual([413, 'too_large']);
    expect(await refused(message, { 'content-type': 'text/plain' })).toEqual([415, 'unsupported_media_type']);
    expect(await refused(message, { 'x-mash-feed': 'dv-service' })).toEqual([403, 'feed_not_permitted']);
    expect(await refused(message, { 'x-mash-batch': '2' })).toEqual([400, 'bad_request']);
    expect(await refused(message, { 'x-mash-feed': 'everything' })).toEqual([400, 'bad_request']);
    const { rows } = await database.query('SELECT 1 FROM portal.upload WHERE submission = $1', [submission]);
    expect(rows).toEqual([]);
  }, 60_000);
});
