import { webcrypto } from 'node:crypto';

/**
 * ECDSA on P-256, not Ed25519: Kafka's PEM keystores (Java 17) and every council's tooling take it. The private key leaves
 * as PKCS #8, the one form Kafka reads.
 */
export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A new key pair whose private half can be written to a file. */
export async function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** `-----BEGIN PRIVATE KEY-----` */
export async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/** Reads what `privateKeyPem` wrote (PKCS#8, RFC 5208). The key can sign and cannot be taken out again. */
export async function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}
