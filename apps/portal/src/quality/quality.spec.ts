import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { signInAs } from '../../../../deploy/identity/signing-in.js';
import { runningPortal, type RunningPortal } from '../../test/running-portal.js';
import { feedQuality } from './feed-quality.js';
import type { QualityCount } from './quality.repository.js';
import { trendSvg } from './trend-svg.js';

describe('shares over time', () => {
  const count = (submission: string, at: string, affected: number, total = 200): QualityCount => ({
    agency: 'ashfield',
    feed: 'housing',
    submission,
    measure: 'birth_date_missing',
    affected,
    total,
    at: new Date(at),
  });

  it('the latest submission’s share is told, and how it changed since the one before', () => {
    const [feed] = feedQuality([
      count('a', '2026-09-01', 40),
      count('b', '2026-10-01', 30),
      count('c', '2026-11-01', 10),
    ]);
    expect(feed).toMatchObject({ agency: 'ashfield', feed: 'housing', submissions: 3 });
    expect(feed!.measures[0]).toMatchObject({
      label: 'No date of birth',
      affected: 10,
      total: 200,
      share: 0.05,
      change: -10,
    });
  });

  it('a first submission has no change, an empty one no share, and a hair’s breadth is the same', () => {
    expect(feedQuality([count('a', '2026-09-01', 40)])[0]!.measures[0]!.change).toBeNull();
    expect(feedQuality([count('a', '2026-09-01', 0, 0)])[0]!.measures).toEqual([]);
    expect(
      feedQuality([count('a', '2026-09-01', 400, 2000), count('b', '2026-10-01', 401, 2000)])[0]!.measures[0]!.change,
    ).toBe(0);
  });

  it('the picture has words that say the same, no script and no style, and every point inside it', () => {
    const points = [0.02, 0.4, 1, 0].map((share, month) => ({ at: new Date(2026, month, 1), share }));
    const svg = trendSvg('No <name>', points);
    expect(svg).toContain('role="img" aria-label="No &lt;name&gt;: 2% at first, 0% now, over 4 submissions');
    expect(svg).not.toMatch(/<script|style=|on\w+=/);
    const [, line] = /points="([^"]+)"/.exec(svg)!;
    for (const [x, y] of line!.split(' ').map((point) => point.split(',').map(Number))) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(150);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(34);
    }
  });
});

describe('the data-quality page', () => {
  let portal: RunningPortal;
  let owner: pg.Client;

  beforeAll(async () => {
    portal = await runningPortal();
    owner = new pg.Client({ connectionString: portal.database.ownerUrl });
    await owner.connect();
    for (const [agency, feed, months] of [
      ['ashfield', 'housing', 6],
      ['gedling', 'arrears', 1],
    ] as const)
      for (let month = 0; month < months; month++) {
        const submission = randomUUID();
        for (const [measure, affected] of [
          ['rows_refused', 3 + month],
          ['birth_date_missing', 40 - 6 * month],
          ['birth_date_1_january', 20],
          ['postcode_missing', 12 + month],
        ] as const)
          await owner.query(
            'INSERT INTO ingest.data_quality (agency, submission, feed, measure, affected, total, first_at) VALUES ($1,$2,$3,$4,$5,$6,$7)',
            [agency, submission, feed, measure, affected, 400, new Date(2026, 4 + month, 3)],
          );
      }
    await owner.query(
      `INSERT INTO ingest.submission (agency, id, feed, mode, sequence, batches, signer, incomplete_at) VALUES ('ashfield', $1, 'arrears', 'full', 1, 3, 'X', now())`,
      [randomUUID()],
    );
  }, 90_000);
  afterAll(async () => {
    await owner?.end();
    await portal?.stop();
  });

  const page = async (username: string, path = '/quality') => {
    const { cookie } = await signInAs(portal.web, username);
    const response = await fetch(new URL(path, portal.web), { headers: { cookie } });
    return { status: response.status, text: await response.text() };
  };

  it('shows an agency its own figures, whichever it asks for', async () => {
    const { status, text } = await page('officer-ashfield', '/quality?agency=gedling');
    expect(status).toBe(200);
    expect(text).toContain('Ashfield District Council');
    expect(text).not.toContain('Gedling');
    expect(text).toMatch(/No date of birth/);
    expect(text).toMatch(/10 of 400/);
    expect(text).toMatch(/Better: down 1.5 points/);
    expect(text).toMatch(/0 of 3 batches came; batches 1, 2, 3 never did/);
    expect((text.match(/<svg class="hub-trend"/g) ?? []).length).toBe(4);
  });

  it('shows the administrator and the data protection officer every agency’s, or the one chosen', async () => {
    for (const user of ['admin-1', 'dpo-1']) {
      const { text } = await page(user);
      expect(text).toMatch(/Ashfield District Council: Housing/);
      expect(text).toMatch(/Gedling Borough Council: Rent arrears/);
      expect((await page(user, '/quality?agency=gedling')).text).not.toMatch(/Ashfield District Council: Housing/);
    }
  });

  it('is open to nobody else, and says what will be there while nothing was sent', async () => {
    for (const user of ['analyst-1', 'coordinator-1', 'auditor-1']) expect((await page(user)).status).toBe(403);
    expect((await page('officer-mansfield')).text).toContain('Nothing has been sent yet');
  });
});
