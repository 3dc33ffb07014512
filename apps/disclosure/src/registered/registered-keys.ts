import { readPublicKey, type RegisteredKey } from '#crypto';
import { Database } from '#platform';
import { Inject, Injectable } from '@nestjs/common';

interface Row {
  fingerprint: string;
  agency: string;
  public_key: string;
  valid_from: Date;
  valid_to: Date | null;
  revoked_at: Date | null;
}

/** The keys agencies have registered. Asked anew each time, so that a revocation holds at once. */
@Injectable()
export class RegisteredKeys {
  constructor(@Inject(Database) private readonly database: Database) {}

  async all(): Promise<RegisteredKey[]> {
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT fingerprint, agency, public_key, valid_from, valid_to, revoked_at FROM disclosure.agency_key ORDER BY fingerprint`;
    return Promise.all(rows.map(toKey));
  }

  /** The newest key of an agency that is valid now: what its packs are sealed to. Null when it has none. */
  async currentOf(agency: string, now = new Date()): Promise<RegisteredKey['publicKey'] | null> {
    const keys = (await this.all()).filter((key) => key.agency === agency && isCurrent(key, now));
    keys.sort((a, b) => Number(b.validFrom) - Number(a.validFrom));
    return keys[0]?.publicKey ?? null;
  }
}

async function toKey(row: Row): Promise<RegisteredKey> {
  return {
    agency: row.agency,
    fingerprint: row.fingerprint,
    publicKey: await readPublicKey(row.public_key),
    validFrom: row.valid_from,
    ...(row.valid_to ? { validUntil: row.valid_to } : {}),
    ...(row.revoked_at ? { revokedAt: row.revoked_at } : {}),
  };
}

function isCurrent({ validFrom, validUntil, revokedAt }: RegisteredKey, now: Date): boolean {
  return !revokedAt && !(validUntil && validUntil <= now) && !(validFrom && validFrom > now);
}
