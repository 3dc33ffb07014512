/**
 * The part of libs/crypto that runs in a browser as it does at the hub: no file, no Node. Taken file by file because the library's
 * index also exports what only Node can do.
 */
export { CryptoError } from '../../../../../libs/crypto/src/crypto-error.js';
export { strictConfig } from '../../../../../libs/crypto/src/openpgp/config.js';
export { fingerprintForReadOut, fingerprintOf } from '../../../../../libs/crypto/src/openpgp/fingerprint.js';
export { generateAgencyKey } from '../../../../../libs/crypto/src/openpgp/generate.js';
export { readPublicKey, readSecretKey } from '../../../../../libs/crypto/src/openpgp/read-keys.js';
export { sealMessage } from '../../../../../libs/crypto/src/openpgp/seal.js';
