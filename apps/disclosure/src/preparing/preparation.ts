import { HubError, isHubError, topics } from '#contracts';
import { CryptoError, fingerprintOf } from '#crypto';
import { CURRENT_POLICY, loadPolicy, PolicyError } from '#policy';
import { appendAudit, CONFIG, Database, enqueue, isTransient, SealedProofs } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import type { PublicKey } from 'openpgp';
import type { DisclosureConfig } from '../config.js';
import { decidePack, type DecidedCase } from '../deciding/decide-pack.js';
import { RecipientsRepository } from '../deciding/recipients.repository.js';
import type { Gathered } from '../gathering/gathered.js';
import { Gatherer } from '../gathering/gatherer.js';
import { RegisteredKeys } from '../registered/registered-keys.js';
import { Standing } from '../standing/standing.js';
import { UnsentPacks } from '../standing/unsent-packs.js';
import { buildPack } from './build-pack.js';
import { decisionsRoot, keptDecisions } from './commitment.js';
import { PackSealer } from './pack-sealer.js';
import { PacksRepository, type PackRow } from './packs.repository.js';

/** A pack decided and logged, waiting for the audit to seal its entry. */
interface Prepared {
  pack: PackRow;
  auditId: string;
  key: PublicKey;
  decided: DecidedCase[];
  decidedAt: Date;
}

/**
 * From "asked for" to "in the outbox", in this order: open once, decide for each recipient, log, wait until the log is
 * sealed, make and seal the pack, look once more, send.
 */
@Injectable()
export class Preparation {
  private readonly policy = loadPolicy(CURRENT_POLICY);
  private readonly proofs: SealedProofs;

  constructor(
    @Inject(CONFIG) config: Pick<DisclosureConfig, 'AUDIT_URL'>,
    @Inject(Database) private readonly database: Database,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
    @Inject(Gatherer) private readonly gatherer: Gatherer,
    @Inject(RecipientsRepository) private readonly recipients: RecipientsRepository,
    @Inject(RegisteredKeys) private readonly keys: RegisteredKeys,
    @Inject(PackSealer) private readonly sealer: PackSealer,
    @Inject(Standing) private readonly standing: Standing,
    @Inject(UnsentPacks) private readonly unsent: UnsentPacks,
  ) {
    this.proofs = new SealedProofs(config.AUDIT_URL);
  }

  /**
   * Each pack by itself: one that cannot be made holds up no other.
   * @param packs requested packs of one meeting or review and of one person's asking
   */
  async prepare(packs: PackRow[]): Promise<PreparedPacks> {
    const [{ purpose, occasion, requestedBy }] = packs as [PackRow];
    const gathered = await this.gatherer.gather(purpose, occasion, { type: 'user', id: requestedBy });
    const prepared: Prepared[] = [];
    const troubles: Trouble[] = [];
    for (const pack of packs) {
      try {
        if (!gathered) throw new HubError('not_found', `There is no such ${purpose} ${occasion}.`);
        const one = await this.prepareOne(pack, gathered);
        if (one) prepared.push(one);
      } catch (error) {
        if (!(await this.failed(pack, error))) troubles.push({ pack, error });
      }
    }
    return { send: () => this.sendAll(prepared, troubles, gathered!) };
  }

  private async prepareOne(pack: PackRow, gathered: Gathered): Promise<Prepared | null> {
    const key = await this.keys.currentOf(pack.recipient);
    const recipient = await this.recipients.find(this.database.client, pack.recipient);
    if (!recipient) throw new HubError('unknown_agency', `${pack.recipient} is not an agency of the hub.`);
    if (!key) throw new HubError('no_recipient_key', `${pack.recipient} has no valid key to seal a pack to.`);
    const decidedAt = await this.recipients.now(this.database.client);
    const decided = decidePack(this.policy, gathered, recipient, decidedAt);
    const decisions = keptDecisions(pack.id, pack.purpose, decided);
    const withheld = decisions.filter(({ outcome }) => outcome === 'withhold').length;
    const released = decisions.length - withheld;
    const auditId = await this.database.unitOfWork(async (tx) => {
      if ((await this.packs.lock(tx, pack.id))?.state !== 'requested') return null;
      const id = await appendAudit(tx, {
        actor: { type: 'user', id: pack.requestedBy },
        action: 'PackSent',
        purpose: pack.purpose,
        object: { type: 'pack', id: pack.id },
        outcome: 'sent',
        detail: {
          recipient: pack.recipient,
          policy: CURRENT_POLICY,
          [pack.purpose === 'marac' ? 'meeting' : 'review']: pack.occasion,
          items: decisions.length,
          released,
          withheld,
        },
        commit: { items: decisionsRoot(decisions) },
      });
      await this.packs.keepDecisions(tx, decisions);
      await this.packs.markPrepared(tx, pack.id, { auditId: id, released, withheld, recipientKey: fingerprintOf(key) });
      return id;
    });
    return auditId ? { pack, auditId, key, decided, decidedAt } : null;
  }

  /** Takes what is done out of `waiting`, so that the next call goes on where this one was. */
  private async sendAll(waiting: Prepared[], troubles: Trouble[], gathered: Gathered): Promise<readonly Trouble[]> {
    const names = await this.recipients.names(this.database.client);
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      try {
        await this.sendOne(one, gathered, names);
      } catch (error) {
        if (isTransient(error)) {
          waiting.push(one);
          throw error;
        }
        if (!(await this.failed(one.pack, error))) troubles.push({ pack: one.pack, error });
      }
    }
    return troubles;
  }

  private async sendOne(
    { pack, auditId, key, decided, decidedAt }: Prepared,
    gathered: Gathered,
    names: ReadonlyMap<string, string>,
  ) {
    const audit = await this.proofs.wait(auditId);
    const head = { id: pack.id, recipient: pack.recipient, policy: CURRENT_POLICY, createdAt: decidedAt };
    const content = { ...buildPack(head, gathered.occasion, decided), audit };
    const { message, digest } = await this.sealer.seal(content, key, names);
    await this.database.unitOfWork(async (tx) => {
      const locked = await this.packs.lock(tx, pack.id);
      if (locked?.state !== 'prepared') return;
      // What was decided some moments ago is decided again on what is recorded by now: a withdrawal before this commit wins.
      const why = await this.standing.broken(tx, locked);
      if (why) return this.unsent.stop(tx, locked, why);
      await this.packs.markSent(tx, pack.id, message, digest);
      await enqueue(tx, 'disclosure', { topic: topics.disclosures(pack.recipient), key: pack.id, value: message });
    });
  }

  /** A pack that can never be made fails with its code. @returns false where the error may pass, or is a fault of ours */
  private async failed(pack: PackRow, error: unknown): Promise<boolean> {
    const ours = isHubError(error) || error instanceof CryptoError || error instanceof PolicyError;
    if (!ours || isTransient(error)) return false;
    await this.unsent.fail(pack.id, error.code);
    return true;
  }
}

/** A pack that could not be made this time: it is still asked for, or decided and not sent. */
export interface Trouble {
  pack: PackRow;
  error: unknown;
}

export interface PreparedPacks {
  /**
   * Waits for the log to be sealed and sends what still stands. Throws what may pass by itself: call again, it goes on where it was.
   * @returns the packs, of all that were to be prepared, that did not get to their end
   */
  send(): Promise<readonly Trouble[]>;
}
