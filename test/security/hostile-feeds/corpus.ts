import { randomBytes, randomUUID } from 'node:crypto';
import { generateAgencyKey, readSecretKey } from '#crypto';
import { aRow, DAY_MS, OTHER, type Entrance, type Laboratory } from './laboratory.js';
import * as made from './made-messages.js';

/** One way to do harm, or to be careless, and what must become of it by either entrance. */
export interface Hostile {
  name: string;
  /** the messages; each of them must be told one of the outcomes */
  messages(lab: Laboratory, entrance: Entrance): Promise<Buffer[]>;
  outcomes: string[];
  /** told by the entrance itself where the message is more than it takes */
  orElse?: Partial<Record<Entrance, string>>;
  /** code of the error its row is refused with */
  rowCode?: string;
  /** sent twice: under which key of Kafka's the second time */
  again?: string;
}

const MB = 1024 * 1024;
const one = (make: (lab: Laboratory) => Promise<Buffer>) => async (lab: Laboratory) => [await make(lab)];
const sealed = (manifest: Record<string, unknown>) => one((lab) => lab.seal(lab.payload({ manifest })));
const body = (make: () => Buffer, rows = 1) =>
  one((lab) => {
    const bytes = make();
    return made.sealedCompressed(lab, lab.payload({ body: bytes, manifest: { rows } }));
  });
const rowText = (text: string) => body(() => Buffer.from(`${text}\n`));
const signedBy = (given: Parameters<Laboratory['register']>[0], date?: () => Date) =>
  one(async (lab) => {
    const { secret, fingerprint } = await lab.register(given);
    const message = await made.signedAt(lab, secret, date?.() ?? new Date());
    // Keys that are good by their own word are not left to have receipts sealed to them.
    if (!given?.revoked && !given?.to)
      await lab.database.query('UPDATE portal.agency_key SET valid_to = now() WHERE fingerprint = $1', [fingerprint]);
    return message;
  });
const ago = (ms: number) => new Date(Date.now() - ms);

export const CORPUS: Hostile[] = [
  { name: 'unsigned', messages: one(made.unsigned), outcomes: ['unsigned'] },
  {
    name: 'wrong signer: a key nobody registered',
    messages: one(async (lab) => {
      const stranger = await generateAgencyKey({ agency: 'ashfield', name: 'Stranger' });
      return lab.seal(lab.payload(), await readSecretKey(stranger.privateKeyArmored));
    }),
    outcomes: ['unknown_signer'],
  },
  {
    name: 'another agency’s key on this topic',
    messages: one((lab) => lab.seal(lab.payload(), lab.key(OTHER))),
    outcomes: ['wrong_sender'],
  },
  {
    name: 'another agency’s whole batch',
    messages: one((lab) => lab.seal(lab.payload({ manifest: { sender: OTHER } }), lab.key(OTHER))),
    outcomes: ['wrong_sender'],
  },
  { name: 'signed over other rows', messages: one((lab) => made.signedOver(lab)), outcomes: ['bad_signature'] },
  { name: 'two signatures', messages: one(made.twoSignatures), outcomes: ['bad_signature'] },
  { name: 're-encrypted by a third party', messages: one(made.reencrypted), outcomes: ['wrong_recipient'] },
  { name: 'replay', messages: one((lab) => lab.good()), outcomes: ['accepted'], again: 'arrears' },
  {
    name: 'replay under a new key of Kafka',
    messages: one((lab) => lab.good()),
    outcomes: ['accepted'],
    again: 'housing',
  },
  {
    name: 'same submission and batch, other rows',
    messages: async (lab) => {
      const manifest = { submission: randomUUID(), batches: 2, sequence: lab.nextSequence() };
      await lab.send('https', await lab.seal(lab.payload({ manifest })));
      return [await lab.seal(lab.payload({ manifest, rows: [aRow()] }))];
    },
    outcomes: ['replayed'],
  },
  { name: 'key that has expired', messages: one(made.byExpiredKey), outcomes: ['unknown_signer'] },
  { name: 'key whose registration has ended', messages: signedBy({ to: ago(60_000) }), outcomes: ['unknown_signer'] },
  { name: 'key that was revoked', messages: signedBy({ revoked: ago(1_000) }), outcomes: ['unknown_signer'] },
  {
    name: 'key that is not valid yet',
    messages: signedBy({ from: new Date(Date.now() + DAY_MS), to: new Date(Date.now() + 2 * DAY_MS) }),
    outcomes: ['unknown_signer'],
  },
  {
    name: 'signed ten minutes ahead',
    messages: one((lab) => made.signedAt(lab, lab.key(), new Date(Date.now() + 600_000))),
    outcomes: ['stale'],
  },
  {
    name: 'signed a year ago',
    messages: signedBy({ made: ago(500 * DAY_MS), from: ago(500 * DAY_MS) }, () => ago(365 * DAY_MS)),
    outcomes: ['stale'],
  },
  {
    name: 'manifest of a year ago, signed now',
    messages: sealed({ createdAt: ago(365 * DAY_MS).toISOString() }),
    outcomes: ['stale'],
  },
  {
    name: 'truncated at every 1,000th byte',
    messages: async (lab) => {
      const whole = await lab.seal(lab.payload({ rows: Array.from({ length: 12 }, () => aRow()) }));
      return Array.from({ length: Math.ceil(whole.length / 1_000) - 1 }, (_, n) => whole.subarray(0, (n + 1) * 1_000));
    },
    outcomes: ['malformed'],
  },
  {
    name: 'every 97th byte flipped, one at a time',
    messages: async (lab) => {
      const whole = await lab.seal(lab.payload());
      return Array.from({ length: Math.floor((whole.length - 1) / 97) + 1 }, (_, n) => {
        const damaged = Buffer.from(whole);
        damaged[n * 97]! ^= 0xff;
        return damaged;
      });
    },
    outcomes: ['malformed', 'not_encrypted_to_hub'],
  },
  { name: 'no integrity packet', messages: one(made.withoutIntegrity), outcomes: ['malformed'] },
  { name: 'bomb in ZIP', messages: one(made.bombs.zip), outcomes: ['too_compressed'] },
  { name: 'bomb in ZLIB', messages: one(made.bombs.zlib), outcomes: ['too_compressed'] },
  { name: 'bomb in BZip2', messages: one(made.bombs.bzip2), outcomes: ['too_compressed'] },
  { name: 'bomb in a bomb', messages: one(made.bombs.nested), outcomes: ['too_compressed'] },
  {
    name: '1,000 session-key packets',
    messages: one((lab) => made.sessionKeys(lab, 1_000)),
    outcomes: ['malformed'],
  },
  {
    name: 'Argon2 beyond bounds, alone',
    messages: one((lab) => made.costlyArgon2(lab, false)),
    outcomes: ['not_encrypted_to_hub'],
  },
  {
    name: 'Argon2 beyond bounds, beside the hub’s key',
    messages: one((lab) => made.costlyArgon2(lab, true)),
    outcomes: ['not_encrypted_to_hub'],
  },
  { name: 'cleartext-signed', messages: one(made.cleartextSigned), outcomes: ['not_encrypted_to_hub'] },
  {
    name: 'manifest missing',
    messages: one((lab) => lab.seal(Buffer.from(`${JSON.stringify(aRow())}\n`))),
    outcomes: ['manifest_invalid'],
  },
  {
    name: 'manifest of an unknown version',
    messages: sealed({ format: 'mash.feed/2' }),
    outcomes: ['manifest_invalid'],
  },
  { name: 'manifest with a wrong count', messages: sealed({ rows: 7 }), outcomes: ['count_mismatch'] },
  { name: 'manifest with a wrong digest', messages: sealed({ sha256: 'a'.repeat(64) }), outcomes: ['digest_mismatch'] },
  {
    name: 'rows of 5 MB',
    messages: body(() => Buffer.from(`${JSON.stringify(aRow('A-5', { filler: 'x'.repeat(5 * MB) }))}\n`.repeat(2)), 2),
    outcomes: ['partly'],
    rowCode: 'too_long',
  },
  {
    name: 'a row of a million columns',
    messages: body(() => {
      const columns = Array.from({ length: 1_000_000 }, (_, n) => `"c${n}":1`).join(',');
      return Buffer.from(`{"recordRef":"A-6",${columns}}\n`);
    }),
    outcomes: ['partly'],
    orElse: { kafka: 'too large for the broker' },
    rowCode: 'too_long',
  },
  {
    name: 'a row of 20,000 columns',
    messages: rowText(`{"recordRef":"A-7",${Array.from({ length: 20_000 }, (_, n) => `"c${n}":1`).join(',')}}`),
    outcomes: ['partly'],
    rowCode: 'unknown_field',
  },
  {
    name: 'a row nested 60,000 deep',
    messages: rowText(`{"recordRef":"A-8","person":${'['.repeat(60_000)}${']'.repeat(60_000)}}`),
    outcomes: ['partly'],
    rowCode: 'too_deep',
  },
  {
    name: 'invalid UTF-8',
    messages: body(() => Buffer.concat([Buffer.from('{"recordRef":"A'), Buffer.of(0xff, 0xc0), Buffer.from('"}\n')])),
    outcomes: ['malformed'],
  },
  {
    name: 'prototype-polluting keys',
    messages: rowText(
      '{"recordRef":"A-9","__proto__":{"isAdmin":true},"person":{"surname":"Sample","constructor":{"prototype":{"x":1}}}}',
    ),
    outcomes: ['partly'],
    rowCode: 'forbidden_field',
  },
  {
    name: 'half a million empty rows',
    messages: body(() => Buffer.alloc(500_000, '\n'), 500_000),
    outcomes: ['too_large'],
  },
  { name: 'nothing at all', messages: async () => [Buffer.alloc(0)], outcomes: ['malformed'] },
  { name: 'noise', messages: async () => [randomBytes(500_000)], outcomes: ['malformed', 'not_encrypted_to_hub'] },
  {
    name: '63 MiB of noise',
    messages: async () => [Buffer.concat([Buffer.of(0xc1, 0xff), randomBytes(63 * MB)])],
    outcomes: ['malformed'],
    orElse: { kafka: 'too large for the broker' },
  },
];
