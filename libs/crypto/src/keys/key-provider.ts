import type { KeyObject } from 'node:crypto';
import type { PrivateKey, PublicKey } from 'openpgp';

/**
 * Where keys come from. Files in development; a vault or a token in production, so every method may wait. Each method
 * reads its key when called, so a service needs (and is given) only the keys of its own duties.
 */
export interface KeyProvider {
  /** Opens records, by version. For matching, portal and disclosure, not for ingest. */
  recordPrivateKeys(): Promise<ReadonlyMap<number, KeyObject>>;
  /** Seals records: the newest version. */
  recordPublicKey(): Promise<{ keyVersion: number; publicKey: KeyObject }>;
  /** Makes blind-index tokens, by version; new ones under `current`. */
  blindIndexKey(): Promise<{ keys: ReadonlyMap<number, KeyObject>; current: number }>;
  /** Opens feeds and signs receipts. For ingest only. */
  hubOpenPgpOpeningKey(): Promise<PrivateKey>;
  /** Signs packs and history requests; opens nothing. For disclosure only. */
  hubOpenPgpPacksKey(): Promise<PrivateKey>;
  /** The hub's certificate as agencies have it: the fingerprint in manifests is this key's. */
  hubOpenPgpPublicKey(): Promise<PublicKey>;
  /** Ed25519, signs checkpoints. For audit only. */
  ledgerKey(): Promise<KeyObject>;
  /** Signs session cookies. For the portal only. At least 32 octets, as base64url text. */
  sessionSecret(): Promise<string>;
}
