import { BatchSealer } from '#crypto';
import { randomUUID, type KeyObject } from 'node:crypto';
import type { Db } from '../database/database.js';

/** Where a sealed object stands: part of what its ciphertext is bound to. */
export interface Place {
  table: string;
  column: string;
}

/**
 * Seals objects under one key agreement and keeps their wrapped keys in the vault, in the caller's transaction.
 * @param recordPublicKey the hub's record public key: whoever seals cannot open again
 * @param objects id and plaintext of each
 * @returns ciphertext by id
 */
export async function sealObjects(
  tx: Db,
  recordPublicKey: { keyVersion: number; publicKey: KeyObject },
  place: Place,
  objects: { id: string; plaintext: Buffer }[],
): Promise<Map<string, Buffer>> {
  const bodies = new Map<string, Buffer>();
  if (objects.length === 0) return bodies;
  const sealer = new BatchSealer(recordPublicKey.publicKey, recordPublicKey.keyVersion);
  const ids: string[] = [];
  const wrapped: Buffer[] = [];
  for (const { id, plaintext } of objects) {
    const sealed = sealer.seal({ ...place, rowId: id }, plaintext);
    bodies.set(id, sealed.ciphertext);
    ids.push(id);
    wrapped.push(sealed.wrappedKey);
  }
  await tx.$executeRaw`SELECT vault.store_keys(${randomUUID()}::uuid, ${sealer.ephemeralPublicKey}::bytea, ${recordPublicKey.keyVersion}::int, ${ids}::uuid[], ${wrapped}::bytea[])`;
  return bodies;
}
