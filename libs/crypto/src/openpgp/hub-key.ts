import { PrivateKey, readPrivateKey, SecretKeyPacket, type Subkey } from 'openpgp';
import { CryptoError } from '../crypto-error.js';
import { strictConfig } from './config.js';

/**
 * The hub's key cut into what each service may hold. Both parts carry the public primary and user id, with the primary's
 * secret replaced by GnuPG's "dummy" marker, so neither can add a subkey or extend a life:
 *
 * - `openingKeyArmored`: encryption subkey and first signing subkey (receipts), for `ingest`;
 * - `packsKeyArmored`: second signing subkey only, for `disclosure`, which therefore cannot open a feed.
 *
 * @throws CryptoError `not_a_private_key` when the key is not laid out as `generateHubKey` does
 */
export async function splitHubKey(
  privateKeyArmored: string,
): Promise<{ openingKeyArmored: string; packsKeyArmored: string }> {
  const [encryption, receipts, packs] = (await read(privateKeyArmored)).subkeys;
  if (!encryption || !receipts || !packs) {
    throw new CryptoError('not_a_private_key', 'The hub key needs an encryption subkey and two signing subkeys');
  }
  return {
    openingKeyArmored: await withOnly(privateKeyArmored, [encryption, receipts]),
    packsKeyArmored: await withOnly(privateKeyArmored, [packs]),
  };
}

/** A copy of the key with only these subkeys, and without the primary's secret. */
async function withOnly(privateKeyArmored: string, subkeys: Subkey[]): Promise<string> {
  const copy = await read(privateKeyArmored);
  const wanted = new Set(subkeys.map((subkey) => subkey.getFingerprint()));
  copy.subkeys = copy.subkeys.filter((subkey) => wanted.has(subkey.getFingerprint()));
  if (!(copy.keyPacket instanceof SecretKeyPacket)) throw new CryptoError('not_a_private_key', 'No secret primary key');
  copy.keyPacket.makeDummy(strictConfig);
  return copy.armor(strictConfig);
}

async function read(armoredKey: string): Promise<PrivateKey> {
  try {
    return await readPrivateKey({ armoredKey, config: strictConfig });
  } catch (cause) {
    throw new CryptoError('not_a_private_key', 'The hub key cannot be read as an OpenPGP private key', { cause });
  }
}
