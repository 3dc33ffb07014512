import 'reflect-metadata'; // must come before x509, whose container asks for it when loaded
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { ALGORITHM, newKeyPair, privateKeyPem } from './key-pair.js';
import { subjectOf } from './subject.js';
import { newSerial, validity } from './validity.js';

/** A certificate with its key, both PEM. */
export interface CertificateAndKey {
  certificatePem: string;
  privateKeyPem: string;
}

/**
 * A certificate authority of our own, for mutual TLS between the agencies, the hub and Kafka. It certifies end entities
 * only (path length 0).
 */
export async function createCertificateAuthority(options: {
  commonName: string;
  days?: number;
  now?: Date;
}): Promise<CertificateAndKey> {
  const keys = await newKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: subjectOf(options.commonName),
      serialNumber: newSerial(),
      ...validity(options.now, options.days ?? 5 * 365),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { certificatePem: `${certificate.toString('pem')}\n`, privateKeyPem: await privateKeyPem(keys.privateKey) };
}
