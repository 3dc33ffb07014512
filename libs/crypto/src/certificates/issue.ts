import 'reflect-metadata'; // must come before x509, whose container asks for it when loaded
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { CryptoError } from '../crypto-error.js';
import type { CertificateAndKey } from './authority.js';
import { ALGORITHM, importPrivateKey, newKeyPair, privateKeyPem } from './key-pair.js';
import { requirePlainName, subjectOf } from './subject.js';
import { newSerial, validity } from './validity.js';

export type CertificateUsage = 'server' | 'client';

export interface CertificateTerms {
  /** For Kafka, the agency's id: the principal. */
  commonName: string;
  /** Names and addresses a server is reached by; `localhost` and `127.0.0.1` are added for servers. */
  dnsNames?: readonly string[];
  ipAddresses?: readonly string[];
  usages: readonly CertificateUsage[];
  /** Default one year. */
  days?: number;
  now?: Date;
}

/** A new key pair and its certificate, signed by the authority. */
export async function issueCertificate(
  authority: CertificateAndKey,
  terms: CertificateTerms,
): Promise<CertificateAndKey> {
  const keys = await newKeyPair();
  const certificatePem = await certify(authority, terms, keys.publicKey);
  return { certificatePem, privateKeyPem: await privateKeyPem(keys.privateKey) };
}

/**
 * A certificate for a key the agency made itself. Only the request's key is taken over, and only when the request is signed
 * with it and asks for the name expected: names and usages are the authority's decision (`terms`).
 * @throws CryptoError `bad_certificate_request`, `bad_name`
 */
export async function issueFromRequest(
  authority: CertificateAndKey,
  requestPem: string,
  terms: CertificateTerms,
): Promise<string> {
  let request: x509.Pkcs10CertificateRequest;
  let signed: boolean;
  try {
    request = new x509.Pkcs10CertificateRequest(requestPem);
    signed = await request.verify(webcrypto);
  } catch (cause) {
    throw new CryptoError('bad_certificate_request', 'Not a certificate request', { cause });
  }
  const names = request.subjectName.getField('CN');
  if (!signed || names.length !== 1 || names[0] !== terms.commonName) {
    throw new CryptoError('bad_certificate_request', 'The request is not signed by its key, or is for another name');
  }
  return certify(authority, terms, await request.publicKey.export(ALGORITHM, ['verify'], webcrypto));
}

/** A request (PKCS #10) for `commonName` with a new key: the private half never leaves the agency. */
export async function certificateRequest(options: {
  commonName: string;
}): Promise<{ requestPem: string; privateKeyPem: string }> {
  const keys = await newKeyPair();
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    { name: subjectOf(options.commonName), keys, signingAlgorithm: ALGORITHM },
    webcrypto,
  );
  return { requestPem: `${request.toString('pem')}\n`, privateKeyPem: await privateKeyPem(keys.privateKey) };
}

async function certify(
  authority: CertificateAndKey,
  terms: CertificateTerms,
  publicKey: webcrypto.CryptoKey,
): Promise<string> {
  requirePlainName(terms.commonName);
  const issuer = new x509.X509Certificate(authority.certificatePem);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: subjectOf(terms.commonName),
      issuer: issuer.subjectName,
      serialNumber: newSerial(),
      ...validity(terms.now, terms.days ?? 365),
      publicKey,
      signingKey: await importPrivateKey(authority.privateKeyPem),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension(terms.usages.map((usage) => x509.ExtendedKeyUsage[`${usage}Auth`])),
        await x509.SubjectKeyIdentifierExtension.create(publicKey, false, webcrypto),
        await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
        ...alternativeNames(terms),
      ],
    },
    webcrypto,
  );
  return `${certificate.toString('pem')}\n`;
}

function alternativeNames({ dnsNames = [], ipAddresses = [], usages }: CertificateTerms) {
  const server = usages.includes('server');
  const dns = new Set([...(server ? ['localhost'] : []), ...dnsNames]);
  const ip = new Set([...(server ? ['127.0.0.1'] : []), ...ipAddresses]);
  if (dns.size + ip.size === 0) return [];
  return [
    new x509.SubjectAlternativeNameExtension([
      ...[...dns].map((value) => ({ type: 'dns' as const, value })),
      ...[...ip].map((value) => ({ type: 'ip' as const, value })),
    ]),
  ];
}
