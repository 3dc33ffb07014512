import { createSecretKey, hkdfSync, KeyObject } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';
import { KeyedHash } from './keyed-hash.js';

/**
 * Keyed equality tokens, so that the database can find records by blocking key without learning one.
 *
 *   index key  = kind ":" value              ; kind = lower-case letter, then letters, digits, "-", "_", "+", "."
 *   subkey     = HKDF-SHA-256(key, salt empty, info "mash.blind-index/1|" kind)
 *   token      = first 8 octets of HMAC-SHA-256(subkey, value), as a signed big-endian integer (PostgreSQL bigint)
 *   ref token  = first 16 octets of HMAC-SHA-256(subkey of "mash.record-ref/1", length-prefixed agency, feed, recordRef)
 *
 * A subkey for each kind: the same text under two kinds gives unrelated tokens. 64 bits let two values share a token now
 * and then, so a hit is a candidate to open and compare, not an answer.
 * Tokens leak which records share a value, and go when the record goes.
 */
const KIND = /^[a-z][a-z0-9+._-]{0,62}$/;
const MIN_KEY_BYTES = 32;
/** Kinds come from code. Far more of them means that values arrive where a kind belongs. */
const MAX_KINDS = 256;
const REF_TOKEN_BYTES = 16;
/** "/" is not allowed in a kind, so no blocking key shares this subkey. */
const REF_KIND = 'mash.record-ref/1';

export class BlindIndex {
  private readonly keys = new Map<number, KeyObject>();
  /** by version, then kind */
  private readonly subkeys = new Map<number, Map<string, KeyedHash>>();
  private kinds = 0;

  /**
   * @param keys index keys by version, at least 32 octets each
   * @param current the version new tokens are made under
   * @throws CryptoError `bad_key`, `unknown_key_version`
   */
  constructor(
    keys: ReadonlyMap<number, Buffer | KeyObject>,
    readonly current: number,
  ) {
    for (const [version, key] of keys) {
      const secret = key instanceof KeyObject ? key : createSecretKey(key);
      if (secret.type !== 'secret' || (secret.symmetricKeySize ?? 0) < MIN_KEY_BYTES) {
        throw new CryptoError('bad_key', 'A blind-index key has at least 32 octets');
      }
      this.keys.set(version, secret);
    }
    this.keyOf(current);
  }

  /** Versions there are keys for: after a rotation, look under each until every record is indexed anew. */
  get versions(): number[] {
    return [...this.keys.keys()];
  }

  /**
   * One token for each `kind:value`, in order. Values are taken as they are: normalise first.
   * @throws CryptoError `bad_index_key` (the message holds no value), `unknown_key_version`
   */
  tokens(keys: readonly string[], version: number = this.current): bigint[] {
    return keys.map((key) => {
      const colon = key.indexOf(':');
      const kind = key.slice(0, Math.max(colon, 0));
      if (kind === REF_KIND) throw new CryptoError('bad_index_key', 'An index key is "kind:value"');
      return this.subkey(version, kind).first64(key.slice(colon + 1));
    });
  }

  /** 16 octets to find a record by the agency's own reference. @throws CryptoError `unknown_key_version` */
  tokenForRef(agency: string, feed: string, recordRef: string, version: number = this.current): Buffer {
    const sizes = [agency, feed, recordRef].map((part) => Buffer.byteLength(part, 'utf8'));
    const whole = Buffer.allocUnsafe(sizes[0]! + sizes[1]! + sizes[2]! + 12);
    let at = 0;
    for (const [index, part] of [agency, feed, recordRef].entries()) {
      at = whole.writeUInt32BE(sizes[index]!, at);
      at += whole.write(part, at, 'utf8');
    }
    return this.subkey(version, REF_KIND).bytes(whole, REF_TOKEN_BYTES);
  }

  private keyOf(version: number): KeyObject {
    const key = this.keys.get(version);
    if (!key) throw new CryptoError('unknown_key_version', `No blind-index key of version ${version}`);
    return key;
  }

  private subkey(version: number, kind: string): KeyedHash {
    const known = this.subkeys.get(version)?.get(kind);
    return known ?? this.makeSubkey(version, kind);
  }

  private makeSubkey(version: number, kind: string): KeyedHash {
    if (kind !== REF_KIND && !KIND.test(kind)) throw new CryptoError('bad_index_key', 'An index key is "kind:value"');
    const key = this.keyOf(version);
    if (this.kinds >= MAX_KINDS * this.keys.size) {
      throw new CryptoError('bad_index_key', 'More kinds of index key than there can be');
    }
    const okm = Buffer.from(hkdfSync('sha256', key, '', `mash.blind-index/1|${kind}`, MIN_KEY_BYTES));
    const subkey = new KeyedHash(okm);
    okm.fill(0);
    const ofVersion = this.subkeys.get(version) ?? new Map<string, KeyedHash>();
    this.subkeys.set(version, ofVersion.set(kind, subkey));
    this.kinds++;
    return subkey;
  }
}
