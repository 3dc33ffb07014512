import { HubError, packSchema, type Pack } from '#contracts';
import { sealMessage, type KeyProvider } from '#crypto';
import { CONFIG, KEYS } from '#platform';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { PublicKey } from 'openpgp';
import type { DisclosureConfig } from '../config.js';
import { renderPack } from '../rendering/render-pack.js';

export interface SealedPack {
  message: Buffer;
  /** SHA-256 of what is inside: the recipient's acknowledgement names it, so it tells that the pack was opened */
  digest: Buffer;
}

/** Makes the message: the pack as JSON, its PDF and its audit proof inside, sealed to the recipient, signed by the hub's packs key. */
@Injectable()
export class PackSealer {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<DisclosureConfig, 'PACK_MAX_BYTES'>,
    @Inject(KEYS) private readonly keys: KeyProvider,
  ) {}

  /** @throws HubError `too_large` when it is above what the broker takes even without its PDF */
  async seal(pack: Pack, recipient: PublicKey, names: ReadonlyMap<string, string>): Promise<SealedPack> {
    const pdf = (await renderPack(pack, names)).toString('base64');
    const whole = await this.sealed({ ...pack, pdf }, recipient);
    if (whole.message.length <= this.config.PACK_MAX_BYTES) return whole;
    const lean = await this.sealed(pack, recipient);
    if (lean.message.length <= this.config.PACK_MAX_BYTES) return lean;
    throw new HubError('too_large', `Pack ${pack.id} is larger than the broker takes.`);
  }

  private async sealed(pack: Pack, recipient: PublicKey): Promise<SealedPack> {
    const payload = Buffer.from(JSON.stringify(packSchema.parse(pack)));
    const signer = await this.keys.hubOpenPgpPacksKey();
    const message = Buffer.from(await sealMessage({ payload, recipients: [recipient], signer }));
    return { message, digest: createHash('sha256').update(payload).digest() };
  }
}
