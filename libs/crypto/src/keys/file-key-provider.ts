import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { PrivateKey, PublicKey } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { readPublicKey, readSecretKey } from '../openpgp/read-keys.js';
import { KEY_FILES, readKeyFile, versionedName, versionsOf } from './key-files.js';
import type { KeyProvider } from './key-provider.js';

const SECRET_BYTES = 32;

/**
 * Keys from a directory of files, for development and embedded mode. A service's directory holds only its own files.
 * Every method throws CryptoError `key_missing`, `key_permissions` or `key_unreadable`, naming the file.
 */
export class FileKeyProvider implements KeyProvider {
  constructor(private readonly dir: string) {}

  async recordPrivateKeys(): Promise<ReadonlyMap<number, KeyObject>> {
    return this.everyVersion(KEY_FILES.recordPrivate, createPrivateKey);
  }

  async recordPublicKey(): Promise<{ keyVersion: number; publicKey: KeyObject }> {
    const versions = await this.everyVersion(KEY_FILES.recordPublic, createPublicKey);
    return newest(versions, (keyVersion, publicKey) => ({ keyVersion, publicKey }));
  }

  async blindIndexKey(): Promise<{ keys: ReadonlyMap<number, KeyObject>; current: number }> {
    const keys = await this.everyVersion(KEY_FILES.blindIndex, (text) => createSecretKey(secret(text, 'base64')));
    return newest(keys, (current) => ({ keys, current }));
  }

  async hubOpenPgpOpeningKey(): Promise<PrivateKey> {
    return this.one(KEY_FILES.hubOpening, readSecretKey);
  }

  async hubOpenPgpPacksKey(): Promise<PrivateKey> {
    return this.one(KEY_FILES.hubPacks, readSecretKey);
  }

  async hubOpenPgpPublicKey(): Promise<PublicKey> {
    return this.one(KEY_FILES.hubPublic, readPublicKey);
  }

  async ledgerKey(): Promise<KeyObject> {
    return this.one(KEY_FILES.ledger, (text) => {
      const key = createPrivateKey(text);
      if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
      return key;
    });
  }

  async sessionSecret(): Promise<string> {
    return this.one(KEY_FILES.session, (text) => secret(text, 'base64url').toString('base64url'));
  }

  private async one<T>(name: string, parse: (text: string) => T | Promise<T>): Promise<T> {
    const text = await readKeyFile(this.dir, name);
    try {
      return await parse(text);
    } catch {
      // No cause: a parser's message may quote what it was given.
      throw new CryptoError('key_unreadable', `Key file ${name} does not hold the key it should`);
    }
  }

  private async everyVersion<T>(name: string, parse: (text: string) => T): Promise<Map<number, T>> {
    const versions = await versionsOf(this.dir, name);
    if (versions.length === 0) await readKeyFile(this.dir, name); // says what is missing
    const keys = new Map<number, T>();
    for (const version of versions) keys.set(version, await this.one(versionedName(name, version), parse));
    return keys;
  }
}

function newest<K, T>(versions: Map<number, K>, build: (version: number, key: K) => T): T {
  const [version, key] = [...versions].reduce((best, entry) => (entry[0] > best[0] ? entry : best));
  return build(version, key);
}

function secret(text: string, encoding: 'base64' | 'base64url'): Buffer {
  const bytes = Buffer.from(text.trim(), encoding);
  if (bytes.length < SECRET_BYTES) throw new Error('too short');
  return bytes;
}
