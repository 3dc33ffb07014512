import { ackSchema, type Ack } from '#contracts';
import { openSignedMessage } from '#crypto';
import { appendAudit, Database, takeOnce, type Db, type ReceivedMessage } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { PacksRepository } from '../preparing/packs.repository.js';
import { RegisteredKeys } from '../registered/registered-keys.js';

const packIn = ackSchema.pick({ pack: true });

/** An acknowledgement that says nothing we may use; the pack it names, where that much can be read. */
interface Unread {
  refused: string;
  pack: string | null;
}

const LIMITS = { maxMessageBytes: 65_536, maxPayloadBytes: 65_536 };

/** Takes recipients' acknowledgements: signed, not encrypted (they hold no person data), each of a pack of the signer's own. */
@Injectable()
export class Acknowledgements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RegisteredKeys) private readonly keys: RegisteredKeys,
    @Inject(PacksRepository) private readonly packs: PacksRepository,
  ) {}

  /** @param agency the agency of the topic. @returns `opened`, or why it was refused: that is logged and changes nothing */
  async take(agency: string, message: ReceivedMessage): Promise<string> {
    const read = await this.read(agency, message.value);
    return this.database.unitOfWork(async (tx) => {
      const outcome = 'refused' in read ? read.refused : await this.outcomeOf(tx, agency, read);
      // The same acknowledgement again is no news, wherever it lies on the topic; one that was refused may be right later.
      const name = 'refused' in read ? undefined : `${read.pack}/${read.sha256}/${outcome}`;
      if (!(await takeOnce(tx, 'disclosure', message, name))) return 'taken';
      if (outcome === 'opened' && !('refused' in read)) await this.packs.markAcknowledged(tx, read.pack, new Date());
      await appendAudit(tx, {
        actor: { type: 'agency', id: agency },
        action: outcome === 'opened' ? 'PackOpened' : 'AckRefused',
        object: { type: 'pack', id: read.pack ?? 'unreadable' },
        outcome,
      });
      return outcome;
    });
  }

  private async read(agency: string, value: Buffer): Promise<Ack | Unread> {
    const known = await this.keys.all();
    const signers = known.filter((key) => key.agency === agency);
    const opened = await openSignedMessage({
      message: value,
      now: new Date(),
      signers,
      allKnownSigners: known,
      limits: LIMITS,
    });
    if (!opened.ok) return { refused: opened.code, pack: null };
    let said: unknown;
    try {
      said = JSON.parse(Buffer.from(opened.payload).toString('utf8'));
    } catch {
      return { refused: 'malformed', pack: null };
    }
    const ack = ackSchema.safeParse(said);
    // What is logged of it is an id or nothing: an agency must not write its own words into the log.
    return ack.success ? ack.data : { refused: 'malformed', pack: packIn.safeParse(said).data?.pack ?? null };
  }

  /** @returns `opened` where it acknowledges a pack that was sent to this agency */
  private async outcomeOf(tx: Db, agency: string, ack: Ack): Promise<string> {
    const pack = await this.packs.lock(tx, ack.pack);
    // Another agency's pack is not there, for this one.
    if (!pack || pack.recipient !== agency || ack.recipient !== agency) return 'wrong_pack';
    if (pack.state !== 'sent' && pack.state !== 'acknowledged') return 'wrong_state';
    const digest = await this.packs.digest(tx, pack.id);
    return digest?.toString('hex') === ack.sha256 ? 'opened' : 'digest_mismatch';
  }
}
