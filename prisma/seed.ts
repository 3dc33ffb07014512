import { AGENCIES, FEEDS } from '#contracts';
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** An agency's public key as it is registered. */
export interface AgencyKeyToRegister {
  agency: string;
  fingerprint: string;
  publicKey: string;
}

const PURPOSES = ['marac', 'dhr', 'voluntary-support', 'adult-safeguarding', 'child-safeguarding'];
const OPERATOR = { type: 'operator', id: 'set-up' };
const FROM = '2026-01-01T00:00:00Z';
const TO = '2028-01-01T00:00:00Z';

/** Agencies whose agreement leaves one recipient out, so that "no agreement" can be seen: source → recipients it does not cover. */
const LEFT_OUT: Record<string, string[]> = { 'trent-homes': ['probation'] };

/**
 * Fills a new hub's register for development: the agencies, their keys, what each may send, and agreements between them. A hub in use
 * enters these on its pages, two people each. Run again it adds only what is missing.
 * @param url the database, as its owner
 */
export async function seed(url: string, keys: AgencyKeyToRegister[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    for (const agency of AGENCIES) {
      await client.query(
        `INSERT INTO portal.agency (id, name, kind, authority, safeguarding_partner) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (id) DO NOTHING`,
        [agency.id, agency.name, agency.kind, agency.authority, agency.safeguardingPartner],
      );
      for (const feed of [...agency.feeds, 'agency-history'])
        await client.query(
          `INSERT INTO portal.feed_permission (agency, feed, retention_days, valid_from, valid_to) VALUES ($1,$2,365,$3,$4) ON CONFLICT DO NOTHING`,
          [agency.id, feed, FROM, TO],
        );
    }
    for (const key of keys) await registerKey(client, key);
    await addAgreements(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function registerKey(client: pg.Client, key: AgencyKeyToRegister): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO portal.agency_key (fingerprint, agency, public_key, valid_from, registered_by) VALUES ($1,$2,$3, now() - interval '1 hour', $4)
     ON CONFLICT (fingerprint) DO NOTHING`,
    [key.fingerprint, key.agency, key.publicKey, ['set-up']],
  );
  if (rowCount)
    await append(client, {
      action: 'KeyRegistered',
      object: { type: 'key', id: key.fingerprint },
      outcome: 'registered',
      detail: { agency: key.agency },
    });
}

async function addAgreements(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM portal.agreement');
  if (rows[0]!.n !== '0') return;
  for (const source of AGENCIES)
    for (const recipient of AGENCIES) {
      if (source.id === recipient.id || LEFT_OUT[source.id]?.includes(recipient.id)) continue;
      await client.query(
        `INSERT INTO portal.agreement (id, source, recipient, purposes, categories, valid_from, valid_to, approved_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
        [randomUUID(), source.id, recipient.id, PURPOSES, [...FEEDS], FROM, TO, ['dpo-1', 'admin-1']],
      );
    }
  await append(client, {
    action: 'AgreementsEntered',
    object: { type: 'agreements', id: 'set-up' },
    outcome: 'entered',
  });
}

async function append(client: pg.Client, act: object): Promise<void> {
  await client.query('SELECT audit.append($1::jsonb)', [JSON.stringify({ actor: OPERATOR, ...act })]);
}
