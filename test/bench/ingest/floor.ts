import { createCipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { PrivateKey } from 'openpgp';
import { openMessage, readPublicKey, type RegisteredKey } from '#crypto';
import { byteas } from '../../../apps/ingest/src/storing/binary-array.js';
import type { SealedBatch } from './batches.js';

export interface Floor {
  rowsPerSecond: number;
  seconds: number;
}

/** The agencies' public keys, as an embedded hub keeps them. */
export async function registeredKeys(agenciesFolder: string, agencies: Iterable<string>): Promise<RegisteredKey[]> {
  return Promise.all(
    [...new Set(agencies)].map(async (agency) => {
      const publicKey = await readPublicKey(readFileSync(join(agenciesFolder, agency, 'agency.pub.asc'), 'utf8'));
      return { agency, publicKey, fingerprint: publicKey.getFingerprint().toUpperCase() };
    }),
  );
}

/**
 * What no ingest could do without, and nothing else: the same batches opened, their lines parsed as JSON, each encrypted once, and the
 * ciphertext inserted in bulk into a table without an index.
 */
export async function floorOf(
  batches: SealedBatch[],
  given: { hubKey: PrivateKey; signers: RegisteredKey[]; databaseUrl: string },
): Promise<Floor> {
  const database = new pg.Client({ connectionString: given.databaseUrl });
  await database.connect();
  await database.query('CREATE TEMPORARY TABLE floor (id int, body bytea)');
  const key = randomBytes(32);
  const began = performance.now();
  let rows = 0;
  try {
    for (const { message } of batches) {
      const opened = await openMessage({
        message,
        decryptionKeys: [given.hubKey],
        now: new Date(),
        signers: given.signers,
      });
      if (!opened.ok) throw new Error(`a batch of the bench does not open: ${opened.code}`);
      const lines = Buffer.from(opened.payload).toString('utf8').trimEnd().split('\n').slice(1);
      const bodies = lines.map((line) => encrypt(key, JSON.stringify(JSON.parse(line))));
      await database.query(
        'INSERT INTO floor SELECT $1::int + n, b FROM unnest($2::bytea[]) WITH ORDINALITY AS t(b, n)',
        [rows, byteas(bodies)],
      );
      rows += lines.length;
    }
  } finally {
    await database.end();
  }
  const seconds = (performance.now() - began) / 1000;
  return { rowsPerSecond: rows / seconds, seconds };
}

function encrypt(key: Buffer, text: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}
