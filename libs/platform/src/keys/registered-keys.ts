import { Prisma } from '#prisma';
import { fingerprintOf, readPublicKey, type RegisteredKey } from '#crypto';
import type { Logger } from 'pino';
import type { Database, Db } from '../database/database.js';
import { describeError } from '../logging/logger.js';
import { usableUntil } from './usable-until.js';

interface Row {
  fingerprint: string;
  agency: string;
  public_key: string;
  valid_from: Date;
  valid_to: Date | null;
  revoked_at: Date | null;
}

type PublicKey = RegisteredKey['publicKey'];

/** The keys agencies have registered. Asked anew each time, so that a revocation holds at once; each is parsed once. */
export class RegisteredKeys {
  private readonly parsed = new Map<string, { text: string; key: PublicKey | null }>();
  private readonly table: Prisma.Sql;

  /** @param view the app's own view of the registered keys */
  constructor(
    private readonly database: Database,
    private readonly log: Logger,
    view: 'ingest.registered_key' | 'disclosure.agency_key' | 'portal.agency_key',
  ) {
    this.table = Prisma.raw(view);
  }

  /** Every key that can be read and is the one it is registered as; expired and revoked ones too, for they tell who signed. */
  async all(): Promise<RegisteredKey[]> {
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT fingerprint, agency, public_key, valid_from, valid_to, revoked_at FROM ${this.table} ORDER BY fingerprint`;
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

  /**
   * The newest key of an agency that is valid now: what is sent to it is sealed to this one. One that has run out by its own word is
   * passed over while there is another. Null when it has none.
   */
  async currentOf(agency: string, now = new Date()): Promise<PublicKey | null> {
    const keys = (await this.all())
      .filter((key) => key.agency === agency && !key.revokedAt)
      .filter((key) => key.validFrom! <= now && (!key.validUntil || key.validUntil > now))
      .sort((a, b) => Number(b.validFrom) - Number(a.validFrom));
    for (const { publicKey, validFrom } of keys) {
      const end = await usableUntil(publicKey, validFrom!);
      if (end === null || end > now) return publicKey;
    }
    return keys[0]?.publicKey ?? null;
  }

  /**
   * The last look before something signed with a key is taken, in the transaction that takes it, as its last step: no revocation is
   * recorded between this and the commit (`revokeAtOnce` waits for it), and one recorded before is seen.
   */
  async countsStill(tx: Db, agency: string, fingerprint: string): Promise<boolean> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext('agency.keys'), hashtext(${agency}))`;
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM ${this.table}
      WHERE agency = ${agency} AND upper(fingerprint) = ${fingerprint.toUpperCase()} AND revoked_at IS NULL`;
    return rows.length > 0;
  }

  /** Whether what was sealed to this key may still be sent to the agency, as it stands in the caller's transaction. */
  async stands(db: Db, agency: string, fingerprint: string | null): Promise<boolean> {
    if (fingerprint === null) return false;
    const rows = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM ${this.table}
      WHERE agency = ${agency} AND upper(fingerprint) = ${fingerprint.toUpperCase()} AND revoked_at IS NULL
        AND (valid_to IS NULL OR valid_to > clock_timestamp())`;
    return rows.length > 0;
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
      this.log.error({ fingerprint, err: describeError(error) }, 'a registered key is not used');
    }
    return null;
  }
}

/**
 * Waits for what is being taken of this agency at this moment (`countsStill`: milliseconds), then lets nothing more be taken until the
 * caller's transaction has recorded its revocation.
 */
export async function revokeAtOnce(tx: Db, agency: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('agency.keys'), hashtext(${agency}))`;
}
