import { BatchSealer, type KeyProvider } from '#crypto';
import type { Db } from '#platform';
import { randomUUID } from 'node:crypto';
import { byteas, uuids } from './binary-array.js';

const PLACE = { table: 'ingest.record', column: 'body' };

/**
 * Seals records under one key agreement and keeps their wrapped keys in the vault, in the caller's transaction: what `sealObjects` of
 * platform does, for thousands at a time.
 * @returns the ciphertexts, in the order of the rows
 */
export async function sealRecords(
  tx: Db,
  recordKey: Awaited<ReturnType<KeyProvider['recordPublicKey']>>,
  rows: readonly { id: string; plaintext: Buffer }[],
): Promise<Buffer[]> {
  if (rows.length === 0) return [];
  const sealer = new BatchSealer(recordKey.publicKey, recordKey.keyVersion);
  const sealed = rows.map(({ id, plaintext }) => sealer.seal({ ...PLACE, rowId: id }, plaintext));
  await tx.$executeRaw`
    SELECT vault.store_keys(${randomUUID()}::uuid, ${sealer.ephemeralPublicKey}::bytea, ${recordKey.keyVersion}::int,
      ${uuids(rows.map(({ id }) => id))}::uuid[], ${byteas(sealed.map(({ wrappedKey }) => wrappedKey))}::bytea[])`;
  return sealed.map(({ ciphertext }) => ciphertext);
}
