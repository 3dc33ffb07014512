import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { createCertificateAuthority, type CertificateAndKey } from './authority.js';
import { certificateRequest, issueCertificate, issueFromRequest } from './issue.js';

let authority: CertificateAndKey;
let stranger: CertificateAndKey;
let server: Server | undefined;

beforeAll(async () => {
  authority = await createCertificateAuthority({ commonName: 'MASH hub test CA' });
  stranger = await createCertificateAuthority({ commonName: 'MASH hub test CA' });
});
afterEach(async () => {
  if (server) await new Promise((closed) => server?.close(closed));
  server = undefined;
});

describe('a certificate', () => {
  it('names its holder first, its places and its uses, and is signed by the authority', async () => {
    const issued = await issueCertificate(authority, {
      commonName: 'hub',
      usages: ['server', 'client'],
      dnsNames: ['hub.example.org'],
      ipAddresses: ['192.0.2.7'],
      days: 30,
    });
    const certificate = new X509Certificate(issued.certificatePem);
    expect(certificate.subject).toBe('CN=hub');
    expect(certificate.subjectAltName).toBe(
      'DNS:localhost, DNS:hub.example.org, IP Address:127.0.0.1, IP Address:192.0.2.7',
    );
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(new X509Certificate(authority.certificatePem).publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.privateKeyPem))).toBe(true);
    const days = (certificate.validToDate.getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
  });

  it('has an EC key in PKCS #8 PEM, the form a Kafka keystore takes', async () => {
    const { privateKeyPem } = await issueCertificate(authority, { commonName: 'ashfield', usages: ['client'] });
    expect(privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----\n$/);
    expect(createPrivateKey(privateKeyPem).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  it('is not given for a name that Kafka could map to another', async () => {
    for (const commonName of ['ashfield,CN=police', 'a=b', '', ' ashfield', 'x'.repeat(65), 'a\nb', 'a+b', '"a"']) {
      const issuing = issueCertificate(authority, { commonName, usages: ['client'] });
      await expect(issuing).rejects.toMatchObject({ code: 'bad_name' });
    }
  });
});

describe('a certificate request', () => {
  it('gives a certificate for the key the agency kept', async () => {
    const request = await certificateRequest({ commonName: 'gedling' });
    const pem = await issueFromRequest(authority, request.requestPem, { commonName: 'gedling', usages: ['client'] });
    const certificate = new X509Certificate(pem);
    expect(certificate.subject).toBe('CN=gedling');
    expect(certificate.checkPrivateKey(createPrivateKey(request.privateKeyPem))).toBe(true);
  });

  it('is refused for another name, when it was changed, and when it is none', async () => {
    const { requestPem } = await certificateRequest({ commonName: 'gedling' });
    const der = Buffer.from(requestPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    der[der.indexOf('gedling')]! ^= 1;
    const changed = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    for (const [text, commonName] of [
      [requestPem, 'police'],
      [changed, 'gedling'],
      [changed, 'fedling'],
      ['hello', 'gedling'],
    ] as const) {
      const issuing = issueFromRequest(authority, text, { commonName, usages: ['client'] });
      await expect(issuing).rejects.toMatchObject({ code: 'bad_certificate_request' });
    }
  });
});

describe('mutual TLS', () => {
  /** The common name the server saw, or the error either side met. */
  async function handshake(client: CertificateAndKey): Promise<string> {
    const own = await issueCertificate(authority, { commonName: 'hub', usages: ['server'] });
    server = createServer({
      cert: own.certificatePem,
      key: own.privateKeyPem,
      ca: authority.certificatePem,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const seen = new Promise<string>((resolve) => {
      server?.on('secureConnection', (socket: TLSSocket) => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.end();
      });
      server?.on('tlsClientError', (error) => resolve(`refused: ${(error as NodeJS.ErrnoException).code}`));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect({
      port: (server.address() as AddressInfo).port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: authority.certificatePem,
      cert: client.certificatePem,
      key: client.privateKeyPem,
    });
    socket.on('error', () => socket.destroy());
    socket.resume();
    const result = await seen;
    socket.destroy();
    return result;
  }

  it('lets in an agency with a certificate of this authority, under its name', async () => {
    expect(await handshake(await issueCertificate(authority, { commonName: 'ashfield', usages: ['client'] }))).toBe(
      'ashfield',
    );
  });

  it('keeps out a certificate of another authority of the same name', async () => {
    const client = await issueCertificate(stranger, { commonName: 'ashfield', usages: ['client'] });
    expect(await handshake(client)).toMatch(/^refused/);
  });

  it('keeps out a server certificate that comes as a client', async () => {
    const client = await issueCertificate(authority, { commonName: 'ashfield', usages: ['server'] });
    expect(await handshake(client)).toMatch(/^refused/);
  });

  it('keeps out a certificate that has run out', async () => {
    const now = new Date(Date.now() - 3 * 86_400_000);
    const client = await issueCertificate(authority, { commonName: 'ashfield', usages: ['client'], days: 1, now });
    expect(await handshake(client)).toMatch(/^refused/);
  });
});
