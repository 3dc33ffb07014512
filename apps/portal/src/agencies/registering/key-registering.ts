import { HubError } from '#contracts';
import { fingerprintOf, type KeyProvider } from '#crypto';
import { appendAudit, Database, KEYS, readCandidateKey, type CandidateKey, type Db } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorOf } from '../../allowing/allow.js';
import type { SessionUser } from '../../signing-in/session-user.js';
import { AgencyKeysRepository } from '../agency-keys.repository.js';
import { ProposalsRepository, type LockedProposal } from './proposals.repository.js';

export const MOST_TRIES = 3;
/** After this long nobody remembers handing the key in. */
export const OPEN_DAYS = 14;
const MOST_OPEN = 5;
const DAY_MS = 24 * 3600 * 1000;

export interface KeyHandedIn {
  publicKey: string;
  /** fingerprint of the key it takes over from; that one counts for `overlapDays` more */
  replaces: string | null;
  overlapDays: number | null;
}

export type Confirmed =
  | { outcome: 'registered'; replaced: { fingerprint: string; until: Date } | null }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'closed' };

/**
 * Registering takes two people: one hands the key in, another enters the fingerprint that the agency reads out over the telephone. Who
 * could change the key on its way to the first cannot also be on the second's telephone.
 */
@Injectable()
export class KeyRegistering {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KEYS) private readonly hubKeys: KeyProvider,
    @Inject(AgencyKeysRepository) private readonly keys: AgencyKeysRepository,
    @Inject(ProposalsRepository) private readonly proposals: ProposalsRepository,
  ) {}

  /** @returns the proposal's id. @throws HubError `key_…` (422), `conflict`, `rate_limited` */
  async propose(user: SessionUser, agency: string, given: KeyHandedIn): Promise<string> {
    const candidate = await this.candidate(agency, given.publicKey);
    if (given.replaces !== null) await this.requireOwnKey(agency, given.replaces);
    const id = randomUUID();
    await this.database.unitOfWork(async (tx) => {
      if ((await this.proposals.countOpen(tx, agency)) >= MOST_OPEN)
        throw new HubError(
          'conflict',
          `${MOST_OPEN} keys of this agency wait already. Confirm or withdraw them first.`,
        );
      const { fingerprint, publicKey } = candidate;
      const { replaces, overlapDays } = given;
      const added = await this.proposals.add(tx, {
        id,
        agency,
        fingerprint,
        publicKey,
        replaces,
        overlapDays: replaces === null ? null : overlapDays,
        proposedBy: user.id,
      });
      if (!added) throw new HubError('conflict', 'This key waits for its second person already.');
      // Without the fingerprint: the second person may read the audit.
      await appendAudit(tx, {
        actor: actorOf(user),
        action: 'KeyProposed',
        object: { type: 'key-proposal', id },
        outcome: 'open',
        detail: { agency, rotation: replaces !== null },
      });
    });
    return id;
  }

  /**
   * The second person's step.
   * @param readOut the fingerprint as heard, blanks and small letters allowed
   * @throws HubError `second_person_required`, `wrong_state`, `not_found`, `key_…` where the key has meanwhile become unfit
   */
  async confirm(user: SessionUser, agency: string, id: string, readOut: string): Promise<Confirmed> {
    return this.database.unitOfWork(async (tx) => {
      const proposal = await this.openOne(tx, agency, id);
      if (proposal.proposedBy === user.id)
        throw new HubError('second_person_required', 'Somebody else must enter the fingerprint.', { status: 403 });
      if (Date.now() - proposal.proposedAt.getTime() > OPEN_DAYS * DAY_MS) {
        await this.close(tx, user, proposal, 'too_old');
        return { outcome: 'closed' };
      }
      if (readOut.replace(/\s/g, '').toUpperCase() !== proposal.fingerprint) return this.wrong(tx, user, proposal);
      return this.register(tx, user, proposal);
    });
  }

  async withdraw(user: SessionUser, agency: string, id: string): Promise<void> {
    await this.database.unitOfWork(async (tx) => {
      await this.close(tx, user, await this.openOne(tx, agency, id), 'withdrawn');
    });
  }

  private async register(tx: Db, user: SessionUser, proposal: LockedProposal): Promise<Confirmed> {
    const { id, agency, fingerprint } = proposal;
    const candidate = await this.candidate(agency, proposal.publicKey);
    await this.proposals.close(tx, id, 'registered', user.id);
    await this.keys.add(tx, {
      fingerprint,
      agency,
      publicKey: proposal.publicKey,
      registeredBy: [proposal.proposedBy, user.id],
    });
    await appendAudit(tx, {
      actor: actorOf(user),
      action: 'KeyRegistered',
      object: { type: 'key', id: fingerprint },
      outcome: 'registered',
      detail: {
        agency,
        proposal: id,
        handedInBy: proposal.proposedBy,
        algorithms: candidate.algorithms,
        expires: candidate.expiresAt?.toISOString() ?? null,
      },
    });
    return { outcome: 'registered', replaced: await this.rotate(tx, user, proposal) };
  }

  private async rotate(tx: Db, user: SessionUser, { agency, fingerprint, replaces, overlapDays }: LockedProposal) {
    if (replaces === null) return null;
    const until = new Date(Date.now() + (overlapDays ?? 0) * DAY_MS);
    if (!(await this.keys.endAt(tx, agency, replaces, until))) return null;
    await appendAudit(tx, {
      actor: actorOf(user),
      action: 'KeyRotated',
      object: { type: 'key', id: replaces },
      outcome: 'replaced',
      detail: { agency, by: fingerprint, until: until.toISOString() },
    });
    return { fingerprint: replaces, until };
  }

  private async wrong(tx: Db, user: SessionUser, proposal: LockedProposal): Promise<Confirmed> {
    await this.proposals.wrongTry(tx, proposal.id);
    const triesLeft = MOST_TRIES - proposal.wrongTries - 1;
    await appendAudit(tx, {
      actor: actorOf(user),
      action: 'KeyFingerprintRefused',
      object: { type: 'key-proposal', id: proposal.id },
      outcome: 'wrong_fingerprint',
      detail: { agency: proposal.agency, triesLeft },
    });
    if (triesLeft > 0) return { outcome: 'wrong', triesLeft };
    await this.close(tx, user, proposal, 'wrong_fingerprint');
    return { outcome: 'closed' };
  }

  private async close(
    tx: Db,
    user: SessionUser,
    { id, agency }: LockedProposal,
    state: 'wrong_fingerprint' | 'withdrawn' | 'too_old',
  ): Promise<void> {
    await this.proposals.close(tx, id, state, user.id);
    await appendAudit(tx, {
      actor: actorOf(user),
      action: 'KeyProposalClosed',
      object: { type: 'key-proposal', id },
      outcome: state,
      detail: { agency },
    });
  }

  private async openOne(tx: Db, agency: string, id: string): Promise<LockedProposal> {
    const proposal = await this.proposals.locked(tx, id);
    if (!proposal || proposal.agency !== agency) throw new HubError('not_found', 'There is no such proposal.');
    if (proposal.state !== 'open')
      throw new HubError('wrong_state', 'This key does not wait any more: somebody has dealt with it.');
    return proposal;
  }

  private async requireOwnKey(agency: string, fingerprint: string): Promise<void> {
    const own = await this.keys.list(agency);
    if (!own.some((key) => key.fingerprint === fingerprint && (key.state === 'active' || key.state === 'overlapping')))
      throw new HubError('conflict', 'The key it is to replace is not in use.');
  }

  private async candidate(agency: string, text: string): Promise<CandidateKey> {
    const hub = await this.hubKeys.hubOpenPgpPublicKey();
    const known = [...(await this.keys.known()), { agency: 'hub', publicKey: hub, fingerprint: fingerprintOf(hub) }];
    return readCandidateKey(agency, text, known);
  }
}
