import { config as defaults, type Config, type PartialConfig } from 'openpgp';

/** Bounds on one incoming message. Sizes in bytes, times in milliseconds. */
export interface OpenLimits {
  /** The message as it came, armour included. */
  maxMessageBytes: number;
  /** The literal data after decryption and decompression. */
  maxPayloadBytes: number;
  /** Public-key session key packets: each costs a key agreement to try, so more are refused before any is tried. */
  maxSessionKeyPackets: number;
  /** How far ahead of our clock a signer's clock may be. */
  clockSkewMs: number;
  /** How old a signature may be. */
  maxSignatureAgeMs: number;
}

/** 64 MiB is the largest body the HTTPS entrance takes; batches on Kafka are at most 1 MiB. */
export const DEFAULT_OPEN_LIMITS: Readonly<OpenLimits> = {
  maxMessageBytes: 64 * 1024 * 1024,
  maxPayloadBytes: 64 * 1024 * 1024,
  maxSessionKeyPackets: 16,
  clockSkewMs: 5 * 60 * 1000,
  // Receipts and packs are opened months later, too; ingest sets a bound.
  maxSignatureAgeMs: Infinity,
};

/** Room in a compressed packet for what stands round the literal data: one-pass signature, signature, headers. */
const PACKETS_AROUND_PAYLOAD = 64 * 1024;

/**
 * OpenPGP.js settings for everything we do. Written out even where they are today's defaults: a library update that
 * changes a default must not loosen the hub.
 */
const STRICT: PartialConfig = {
  minRSABits: 3072,
  enforceGrammar: true,
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  allowInsecureDecryptionWithSigningKeys: false,
  allowInsecureVerificationWithReformattedKeys: false,
  allowMissingKeyFlags: false,
  enableParsingV5Entities: false,
  ignoreMalformedPackets: false,
  additionalAllowedPackets: [],
  // 2^16 KiB = 64 MiB. Only reached by passphrase-protected keys: password-encrypted messages are refused unopened.
  maxArgon2MemoryExponent: 16,
  // gpg 2.2 reads version 4 keys and messages without AEAD only.
  v6Keys: false,
  aeadProtect: false,
  showVersion: false,
  showComment: false,
};

/** The settings as OpenPGP.js' low-level calls want them: complete. */
export const strictConfig: Config = { ...defaults, ...STRICT };

/** The settings for opening, with the bound on decompression (unlimited by default in OpenPGP.js). */
export function openingConfig(limits: OpenLimits): Config {
  return { ...strictConfig, maxDecompressedMessageSize: limits.maxPayloadBytes + PACKETS_AROUND_PAYLOAD };
}
