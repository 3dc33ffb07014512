import { fingerprintOf, readPublicKey, type RegisteredKey } from '#crypto';
import { Database, describeError, LOGGER } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';

interface Row {
  fingerprint: string;
  agency: string;
  public_key: string;
  valid_from: Date;
  valid_to: Date | null;
  revoked_at: Date | null;
}

type PublicKey = RegisteredKey['publicKey'];

/** The keys agencies have registered. Asked anew for every message, so that a revocation holds at once; parsed once each. */
@Injectable()
export class RegisteredKeys {
  private readonly parsed = new Map<string, { text: string; key: PublicKey | null }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async all(): Promise<RegisteredKey[]> {
    const rows = await this.database.client.$queryRaw<Row[]>`SELECT * FROM ingest.registered_key`;
    const keys: RegisteredKey[] = [];
    for (const row of rows) {
      const publicKey = await this.publicKey(row);
      if (!publicKey) continue;
      keys.push({
        agency: row.agency,
        fingerprint: row.fingerprint,
        publicKey,
        validFrom: row.valid_from,
        ...(row.valid_to ? { validUntil: row.valid_to } : {}),
        ...(row.revoked_at ? { revokedAt: row.revoked_at } : {}),
      });
    }
    return keys;
  }

  /** The newest key of an agency that is valid now: what its receipts are sealed to. Null when it has none. */
  async currentOf(agency: string, now = new Date()): Promise<PublicKey | null> {
    const keys = (await this.all())
      .filter((key) => key.agency === agency && !key.revokedAt)
      .filter((key) => key.validFrom! <= now && (!key.validUntil || key.validUntil > now))
      .sort((a, b) => Number(b.validFrom) - Number(a.validFrom));
    return keys[0]?.publicKey ?? null;
  }

  /** One entry that cannot be read, or is not the key it says it is, is nobody's key: it must not stop the other agencies. */
  private async publicKey({ fingerprint, public_key: text }: Row): Promise<PublicKey | null> {
    const known = this.parsed.get(fingerprint);
    if (known?.text === text) return known.key;
    const key = await this.read(fingerprint, text);
    this.parsed.set(fingerprint, { text, key });
    return key;
  }

  private async read(fingerprint: string, text: string): Promise<PublicKey | null> {
    try {
      const key = await readPublicKey(text);
      if (fingerprintOf(key) === fingerprint.toUpperCase()) return key;
      this.log.error({ fingerprint }, 'a registered key has another fingerprint: it is not used');
    } catch (error) {
      this.log.error({ fingerprint, err: describeError(error) }, 'a registered key cannot be read: it is not used');
    }
    return null;
  }
}
