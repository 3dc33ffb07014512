import { HubError } from '#contracts';
import { appendAudit, Database, revokeAtOnce } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../../allowing/allow.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { AgencyKeysRepository } from '../agency-keys.repository.js';

/** Why a key stops counting, in words of our own: the audit keeps them for ever. */
export const REVOKE_REASONS = ['lost', 'stolen', 'holder-left', 'replaced', 'other'] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];

/** Revoking takes one person and no delay: a key in the wrong hands is worse than an agency that cannot send for a day. */
@Injectable()
export class KeyRevoking {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AgencyKeysRepository) private readonly keys: AgencyKeysRepository,
  ) {}

  /** From the commit on nothing signed with it is accepted, whatever its date. @throws HubError `not_found`, `wrong_state` */
  async revoke(user: SessionUser, agency: string, fingerprint: string, reason: RevokeReason): Promise<void> {
    if (!(await this.keys.list(agency)).some((key) => key.fingerprint === fingerprint))
      throw new HubError('not_found', 'There is no such key.');
    await this.database.unitOfWork(async (tx) => {
      await revokeAtOnce(tx, agency);
      if (!(await this.keys.revoke(tx, agency, fingerprint)))
        throw new HubError('wrong_state', 'This key was revoked before.');
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'KeyRevoked',
        object: { type: 'key', id: fingerprint },
        outcome: reason,
        detail: { agency },
      });
    });
  }
}
