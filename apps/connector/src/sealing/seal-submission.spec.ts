import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { generateAgencyKey, openMessage, readPublicKey, readSecretKey } from '#crypto';
import { openReceipt } from '../receipts/open-receipt.js';
import { sealSubmission } from './seal-submission.js';

const keysOf = async (agency: string) => {
  const made = await generateAgencyKey({ agency, name: agency });
  return {
    secret: await readSecretKey(made.privateKeyArmored),
    public: await readPublicKey(made.publicKeyArmored),
    fingerprint: made.fingerprint,
  };
};
let hub: Awaited<ReturnType<typeof keysOf>>, agency: typeof hub, other: typeof hub;
beforeAll(async () => {
  [hub, agency, other] = [await keysOf('hub'), await keysOf('ashfield'), await keysOf('otherhub')];
});

const seal = (lines: string[]) =>
  sealSubmission({
    agency: 'ashfield',
    feed: 'arrears',
    mode: 'full',
    lines,
    extractedAt: new Date('2026-11-01T02:00:00Z'),
    sequence: 42,
    agencyKey: agency.secret,
    hubKey: hub.public,
  });
const open = async (message: Buffer) => {
  const opened = await openMessage({
    message,
    decryptionKeys: [hub.secret],
    now: new Date(),
    signers: [
      { agency: 'ashfield', publicKey: agency.public, fingerprint: agency.public.getFingerprint().toUpperCase() },
    ],
  });
  if (!opened.ok) throw new Error(opened.code);
  const payload = Buffer.from(opened.payload);
  const end = payload.indexOf(10);
  return { manifest: JSON.parse(payload.subarray(0, end).toString('utf8')), body: payload.subarray(end + 1) };
};

describe('sealing a submission', () => {
  it('cuts rows that do not compress into batches of at most 1 MiB, and every row is in one of them, in order', async () => {
    const lines = Array.from({ length: 600 }, (_, i) =>
      JSON.stringify({ recordRef: `A-${i}`, noise: randomBytes(4000).toString('base64') }),
    );
    const sealed = await seal(lines);
    expect(sealed.batches.length).toBeGreaterThan(3);
    for (const { message } of sealed.batches) expect(message.length).toBeLessThanOrEqual(1024 * 1024);
    expect(sealed.batches.reduce((sum, { rows }) => sum + rows, 0)).toBe(600);
    const opened = await Promise.all(sealed.batches.map(({ message }) => open(message)));
    expect(opened.map(({ body }) => body.toString('utf8')).join('')).toBe(lines.map((line) => `${line}\n`).join(''));
    expect(opened.map(({ manifest }) => [manifest.batch, manifest.batches, manifest.rows])).toEqual(
      sealed.batches.map(({ batch, rows }) => [batch, sealed.batches.length, rows]),
    );
  });

  it('the manifest is that of contracts.md, to the letter', async () => {
    const sealed = await seal(['{"recordRef":"A-1"}', '{"recordRef":"A-2"}']);
    const { manifest, body } = await open(sealed.batches[0]!.message);
    expect(manifest).toEqual({
      format: 'mash.feed/1',
      sender: 'ashfield',
      recipient: hub.public.getFingerprint().toUpperCase(),
      feed: 'arrears',
      submission: expect.stringMatching(/^[0-9a-f-]{36}$/),
      batch: 1,
      batches: 1,
      sequence: 42,
      mode: 'full',
      extractedAt: '2026-11-01T02:00:00.000Z',
      createdAt: expect.stringMatching(/Z$/),
      rows: 2,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
    expect(sealed.submission).toBe(manifest.submission);
  });

  it('no rows are one batch of none', async () => {
    const sealed = await seal([]);
    expect(sealed).toMatchObject({ rows: 0, batches: [{ batch: 1, rows: 0 }] });
    const { manifest, body } = await open(sealed.batches[0]!.message);
    expect([manifest.rows, manifest.batches, body.length]).toEqual([0, 1, 0]);
  });

  it('the sequence rises from one submission to the next, however fast they follow', async () => {
    const given = {
      agency: 'ashfield',
      feed: 'arrears',
      mode: 'delta',
      lines: [],
      extractedAt: new Date(),
      agencyKey: agency.secret,
      hubKey: hub.public,
    } as const;
    const sealed = await Promise.all([1, 2, 3, 4].map(() => sealSubmission({ ...given, lines: [] })));
    const sequences = await Promise.all(
      sealed.map(async ({ batches }) => (await open(batches[0]!.message)).manifest.sequence as number),
    );
    expect(new Set(sequences).size).toBe(4);
  });
});

describe('opening a receipt', () => {
  it('refuses what another hub signed', async () => {
    const sealed = await sealSubmission({
      agency: 'hub',
      feed: 'arrears',
      mode: 'full',
      lines: [],
      extractedAt: new Date(),
      agencyKey: other.secret,
      hubKey: agency.public,
    });
    await expect(
      openReceipt(sealed.batches[0]!.message, { agencyKey: agency.secret, hubKey: hub.public, vkey: null }),
    ).rejects.toMatchObject({ code: 'unknown_signer' });
  });

  it('refuses what is for another agency, and what is no message', async () => {
    const sealed = await sealSubmission({
      agency: 'hub',
      feed: 'arrears',
      mode: 'full',
      lines: [],
      extractedAt: new Date(),
      agencyKey: hub.secret,
      hubKey: other.public,
    });
    await expect(
      openReceipt(sealed.batches[0]!.message, { agencyKey: agency.secret, hubKey: hub.public, vkey: null }),
    ).rejects.toHaveProperty('code');
    await expect(
      openReceipt(Buffer.from('hello'), { agencyKey: agency.secret, hubKey: hub.public, vkey: null }),
    ).rejects.toMatchObject({ code: 'malformed' });
  });
});
