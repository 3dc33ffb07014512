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

/** The keys agencies have registered. Asked anew for every message, so that a revocation holds at once; parsed once each. */
@Injectable()
export class RegisteredKeys {
  private readonly parsed = new Map<string, RegisteredKey['publicKey']>();

  constructor(@Inject(Database) private readonly database: Database) {}

  async all(): Promise<RegisteredKey[]> {
    const rows = await this.database.client.$queryRaw<Row[]>`SELECT * FROM ingest.registered_key`;
    return Promise.all(
      rows.map(async (row) => ({
        agency: row.agency,
        fingerprint: row.fingerprint,
        publicKey: await this.publicKey(row),
        validFrom: row.valid_from,
        ...(row.valid_to ? { validUntil: row.valid_to } : {}),
        ...(row.revoked_at ? { revokedAt: row.revoked_at } : {}),
      })),
    );
  }

  /** The newest key of an agency that is valid now: what its receipts are sealed to. Null when it has none. */
  async currentOf(agency: string, now = new Date()): Promise<RegisteredKey['publicKey'] | null> {
    const keys = (await this.all())
      .filter((key) => key.agency === agency && !key.revokedAt && (!key.validUntil || key.validUntil > now))
      .sort((a, b) => Number(b.validFrom) - Number(a.validFrom));
    return keys[0]?.publicKey ?? null;
  }

  private async publicKey(row: Row): Promise<RegisteredKey['publicKey']> {
    const known = this.parsed.get(row.fingerprint);
    if (known) return known;
    const key = await readPublicKey(row.public_key);
    this.parsed.set(row.fingerprint, key);
    return key;
  }
}
