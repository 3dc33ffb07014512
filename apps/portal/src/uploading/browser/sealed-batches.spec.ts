import { describe, expect, it } from '@jest/globals';
import { manifestSchema } from '#contracts';
import { generateAgencyKey, openMessage, readPublicKey, readRegisteredKey, readSecretKey } from '#crypto';
import { createHash, randomUUID } from 'node:crypto';
import { cutIntoBatches, sealedBatches } from './sealed-batches.js';

describe('batches sealed in the browser', () => {
  it('open with the hub’s key, are signed by the agency’s, and their manifest fits what is inside', async () => {
    const [hub, agency] = [
      await generateAgencyKey({ agency: 'hub', name: 'hub' }),
      await generateAgencyKey({ agency: 'ashfield', name: 'A' }),
    ];
    const lines = Array.from({ length: 5_003 }, (_, i) =>
      JSON.stringify({ recordRef: `R${i}`, person: { surname: 'Zoë' } }),
    );
    const given = {
      agency: 'ashfield',
      feed: 'arrears' as const,
      mode: 'full' as const,
      lines,
      submission: randomUUID(),
      sequence: 7,
      extractedAt: new Date('2026-11-01T02:00:00Z'),
      agencyKey: await readSecretKey(agency.privateKeyArmored),
      hubKey: await readPublicKey(hub.publicKeyArmored),
    };
    const opened: string[] = [];
    for await (const { batch, batches, rows, message } of sealedBatches(given)) {
      const result = await openMessage({
        message,
        decryptionKeys: [await readSecretKey(hub.privateKeyArmored)],
        signers: [await readRegisteredKey('ashfield', agency.publicKeyArmored)],
        now: new Date(),
      });
      if (!result.ok) throw new Error(result.code);
      const text = Buffer.from(result.payload).toString('utf8');
      const [head, ...body] = text.split('\n').slice(0, -1);
      expect(manifestSchema.parse(JSON.parse(head!))).toMatchObject({
        sender: 'ashfield',
        batch,
        batches: 2,
        rows,
        sequence: 7,
        recipient: hub.fingerprint,
      });
      expect(batches).toBe(2);
      expect(JSON.parse(head!).sha256).toBe(
        createHash('sha256')
          .update(text.slice(head!.length + 1))
          .digest('hex'),
      );
      opened.push(...body);
    }
    expect(opened).toEqual(lines);
  });

  it('are cut by rows and by octets, not by letters, and one of no rows is one batch', () => {
    expect(cutIntoBatches([])).toEqual([[]]);
    const wide = 'ÿ'.repeat(300_000);
    expect(cutIntoBatches([wide, wide, 'a']).map((batch) => batch.length)).toEqual([1, 2]);
  });
});
