import {
  algorithmsOf,
  Database,
  endOfKey,
  keyState,
  RegisteredKeys,
  usableUntil,
  type Db,
  type KeyLife,
  type KeyState,
} from '#platform';
import { fingerprintForReadOut, type RegisteredKey } from '#crypto';
import { Inject, Injectable } from '@nestjs/common';

/** A registered key as the pages show it. */
export interface AgencyKey extends KeyLife {
  fingerprint: string;
  /** in groups of four */
  readOut: string;
  agency: string;
  algorithms: string;
  registeredBy: string[];
  state: KeyState;
  end: Date | null;
}

interface Row {
  fingerprint: string;
  agency: string;
  validFrom: Date;
  validTo: Date | null;
  revokedAt: Date | null;
  registeredBy: string[];
}

/** What a key says of itself; it never changes, so it is read once. */
interface OwnWord {
  algorithms: string;
  expiresAt: Date | null;
}

/** Agencies' registered keys. */
@Injectable()
export class AgencyKeysRepository {
  private readonly ownWords = new Map<string, OwnWord>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RegisteredKeys) private readonly registered: RegisteredKeys,
  ) {}

  /** Newest first. @param agency default every agency's */
  async list(agency: string | null = null, now = new Date()): Promise<AgencyKey[]> {
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT fingerprint, agency, valid_from AS "validFrom", valid_to AS "validTo", revoked_at AS "revokedAt", registered_by AS "registeredBy"
      FROM portal.agency_key WHERE ${agency}::text IS NULL OR agency = ${agency} ORDER BY valid_from DESC, fingerprint`;
    if (rows.some(({ fingerprint }) => !this.ownWords.has(fingerprint))) await this.readOwnWords();
    return rows.map((row) => {
      const { algorithms, expiresAt } = this.ownWords.get(row.fingerprint) ?? {
        algorithms: 'cannot be read',
        expiresAt: null,
      };
      const life = { ...row, expiresAt };
      return {
        ...life,
        algorithms,
        readOut: fingerprintForReadOut(row.fingerprint),
        state: keyState(life, now),
        end: endOfKey(life),
      };
    });
  }

  /** Every registered key as the crypto knows it: what a new one is held against. */
  async known(): Promise<RegisteredKey[]> {
    return this.registered.all();
  }

  async add(
    tx: Db,
    key: { fingerprint: string; agency: string; publicKey: string; registeredBy: [string, string] },
  ): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO portal.agency_key (fingerprint, agency, public_key, valid_from, registered_by)
      VALUES (${key.fingerprint}, ${key.agency}, ${key.publicKey}, now(), ${key.registeredBy})`;
  }

  /** Lets a key count till then, where it does not end earlier anyway. @returns whether there was such a key in force */
  async endAt(tx: Db, agency: string, fingerprint: string, at: Date): Promise<boolean> {
    const changed = await tx.$executeRaw`
      UPDATE portal.agency_key SET valid_to = least(valid_to, ${at})
      WHERE agency = ${agency} AND fingerprint = ${fingerprint} AND revoked_at IS NULL`;
    return changed === 1;
  }

  /** @returns whether it was revoked now; false: there is no such key, or it was before */
  async revoke(tx: Db, agency: string, fingerprint: string): Promise<boolean> {
    const changed = await tx.$executeRaw`
      UPDATE portal.agency_key SET revoked_at = clock_timestamp()
      WHERE agency = ${agency} AND fingerprint = ${fingerprint} AND revoked_at IS NULL`;
    return changed === 1;
  }

  private async readOwnWords(): Promise<void> {
    for (const { fingerprint, publicKey, validFrom } of await this.registered.all()) {
      const expiresAt = await usableUntil(publicKey, validFrom!);
      this.ownWords.set(fingerprint, { algorithms: algorithmsOf(publicKey), expiresAt });
    }
  }
}
