import { ackSchema, type Ack } from '#contracts';
import { openSignedMessage } from '#crypto';
import { appendAudit, Database, takeOnce, type Db, type ReceivedMessage } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { PacksRepository } from '../preparing/packs.repository.js';
import { RegisteredKeys } from '../registered/registered-keys.js';

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
      if (!(await takeOnce(tx, 'disclosure', message))) return 'taken';
      const outcome = typeof read === 'string' ? read : await this.acknowledge(tx, agency, read);
      await appendAudit(tx, {
        actor: { type: 'agency', id: agency },
        action: outcome === 'opened' ? 'PackOpened' : 'AckRefused',
        object:
          typeof read === 'string'
            ? { type: 'ack', id: `${message.partition}/${message.offset}` }
            : { type: 'pack', id: read.pack },
        outcome,
      });
      return outcome;
    });
  }

  private async read(agency: string, value: Buffer): Promise<Ack | string> {
    const known = await this.keys.all();
    const signers = known.filter((key) => key.agency === agency);
    const opened = await openSignedMessage({
      message: value,
      now: new Date(),
      signers,
      allKnownSigners: known,
      limits: LIMITS,
    });
    if (!opened.ok) return opened.code;
    try {
      return ackSchema.parse(JSON.parse(Buffer.from(opened.payload).toString('utf8')));
    } catch {
      return 'malformed';
    }
  }

  private async acknowledge(tx: Db, agency: string, ack: Ack): Promise<string> {
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(ack.pack);
    const pack = isId ? await this.packs.lock(tx, ack.pack) : null;
    // Another agency's pack is not there, for this one.
    if (!pack || pack.recipient !== agency || ack.recipient !== agency) return 'wrong_pack';
    if (pack.state !== 'sent' && pack.state !== 'acknowledged') return 'wrong_state';
    const digest = await this.packs.digest(tx, pack.id);
    if (digest?.toString('hex') !== ack.sha256) return 'digest_mismatch';
    if (pack.state === 'sent') await this.packs.markAcknowledged(tx, pack.id, new Date());
    return 'opened';
  }
}
