import { ackSchema } from '#contracts';
import { signMessage } from '#crypto';
import type { PrivateKey } from 'openpgp';

/**
 * The acknowledgement of an opened pack: signed by the agency, not encrypted, for it holds no person data.
 * @param opened what openPack gave: the digest of the opened bytes tells that the pack was opened, not only received
 * @returns the message for the topic `acks.<agency>`
 */
export async function acknowledge(
  opened: { pack: { id: string }; sha256: string },
  agency: string,
  agencyKey: PrivateKey,
  openedAt = new Date(),
): Promise<Buffer> {
  const ack = ackSchema.parse({
    format: 'mash.ack/1',
    pack: opened.pack.id,
    recipient: agency,
    openedAt: openedAt.toISOString(),
    sha256: opened.sha256,
  });
  return Buffer.from(await signMessage({ payload: Buffer.from(JSON.stringify(ack)), signer: agencyKey }));
}
