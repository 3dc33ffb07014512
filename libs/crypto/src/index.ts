export { CryptoError, type CryptoErrorCode } from './crypto-error.js';

export { DEFAULT_OPEN_LIMITS, type OpenLimits } from './openpgp/config.js';
export { fingerprintForReadOut, fingerprintOf } from './openpgp/fingerprint.js';
export { generateAgencyKey, generateHubKey, type GeneratedHubKey, type GeneratedKey } from './openpgp/generate.js';
export { openMessage, type OpenRequest, type OpenResult } from './openpgp/open.js';
export { readPublicKey, readRegisteredKey, readSecretKey, type RegisteredKey } from './openpgp/read-keys.js';
export type { OpenRefusalCode } from './openpgp/refusal.js';
export { sealMessage, type SealRequest } from './openpgp/seal.js';
export { openSignedMessage, signMessage, type SignedRequest } from './openpgp/signed.js';
export type { VerifiedSigner } from './openpgp/signer.js';

export { BatchSealer, type SealedRecord } from './records/batch-sealer.js';
export type { RecordIdentity } from './records/record-format.js';
export { generateRecordKeyPair } from './records/record-key.js';
export { RecordOpener, type StoredRecord } from './records/record-opener.js';

export { BlindIndex } from './blind-index/blind-index.js';

export { createHubKeys, rotateRecordKey } from './keys/create-hub-keys.js';
export { FileKeyProvider } from './keys/file-key-provider.js';
export { KEY_FILES } from './keys/key-files.js';
export type { KeyProvider } from './keys/key-provider.js';

export { createCertificateAuthority, type CertificateAndKey } from './certificates/authority.js';
export {
  certificateRequest,
  issueCertificate,
  issueFromRequest,
  type CertificateTerms,
  type CertificateUsage,
} from './certificates/issue.js';
