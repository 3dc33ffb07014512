import { createHmac, createSecretKey, hkdfSync, KeyObject } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';

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

export class BlindIndex {
  private readonly keys = new Map<number, KeyObject>();
  private readonly subkeys = new Map<string, KeyObject>();

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
      if (!KIND.test(kind)) throw new CryptoError('bad_index_key', 'An index key is "kind:value"');
      return createHmac('sha256', this.subkey(version, kind))
        .update(key.slice(colon + 1), 'utf8')
        .digest()
        .readBigInt64BE(0);
    });
  }

  /** 16 octets to find a record by the agency's own reference. @throws CryptoError `unknown_key_version` */
  tokenForRef(agency: string, feed: string, recordRef: string, version: number = this.current): Buffer {
    // "/" is not allowed in a kind, so no blocking key shares this subkey.
    const hmac = createHmac('sha256', this.subkey(version, 'mash.record-ref/1'));
    for (const part of [agency, feed, recordRef]) {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      hmac.update(length).update(bytes);
    }
    return hmac.digest().subarray(0, REF_TOKEN_BYTES);
  }

  private keyOf(version: number): KeyObject {
    const key = this.keys.get(version);
    if (!key) throw new CryptoError('unknown_key_version', `No blind-index key of version ${version}`);
    return key;
  }

  private subkey(version: number, kind: string): KeyObject {
    const name = `${version}|${kind}`;
    const known = this.subkeys.get(name);
    if (known) return known;
    if (this.subkeys.size >= MAX_KINDS * this.keys.size) {
      throw new CryptoError('bad_index_key', 'More kinds of index key than there can be');
    }
    const okm = Buffer.from(hkdfSync('sha256', this.keyOf(version), '', `mash.blind-index/1|${kind}`, MIN_KEY_BYTES));
    const subkey = createSecretKey(okm);
    okm.fill(0);
    this.subkeys.set(name, subkey);
    return subkey;
  }
}
