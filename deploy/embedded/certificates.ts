import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCertificateAuthority, issueCertificate } from '#crypto';
import { writePrivately, type StateLayout } from './layout.js';

/** Files of one identity in mutual TLS; all PEM. */
export interface IdentityFiles {
  certFile: string;
  keyFile: string;
  caFile: string;
}

/** An identity's PEM texts. */
export interface Identity {
  cert: string;
  key: string;
  ca: string;
}

/** The contents of an identity's files (PEM). */
export function readIdentity(files: IdentityFiles): Identity {
  return {
    cert: readFileSync(files.certFile, 'utf8'),
    key: readFileSync(files.keyFile, 'utf8'),
    ca: readFileSync(files.caFile, 'utf8'),
  };
}

const renewBeforeDays = 30;

/** The hub's own certificate authority, in `<state>/tls`; for development only: its key lies beside it. */
export class Authority {
  private constructor(
    private readonly certificatePem: string,
    private readonly privateKeyPem: string,
    /** folder of the hub's own identities */
    readonly folder: string,
  ) {}

  private static readonly opened = new Map<string, Promise<Authority>>();

  /** One authority a folder, also when several parts of the hub ask at the same time. */
  static open(layout: StateLayout): Promise<Authority> {
    const known = Authority.opened.get(layout.tls) ?? Authority.load(layout);
    Authority.opened.set(layout.tls, known);
    known.catch(() => Authority.opened.delete(layout.tls));
    return known;
  }

  private static async load(layout: StateLayout): Promise<Authority> {
    const certFile = join(layout.tls, 'ca.crt');
    const keyFile = join(layout.tls, 'ca.key');
    if (!existsSync(certFile) || !existsSync(keyFile)) {
      const made = await createCertificateAuthority({ commonName: 'MASH hub development CA' });
      // The key first: a certificate without its key would be taken for a whole authority.
      writePrivately(keyFile, made.privateKeyPem);
      writePrivately(certFile, made.certificatePem);
    }
    return new Authority(readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8'), layout.tls);
  }

  /**
   * A certificate for this common name (Kafka's principal), good for at least another month: the one that is there, or a new
   * one. Servers may be called `localhost` and `127.0.0.1`, and by `dnsNames`.
   */
  async identity(
    commonName: string,
    usages: readonly ('server' | 'client')[],
    files: IdentityFiles = this.filesOf(commonName),
    dnsNames: readonly string[] = [],
  ): Promise<IdentityFiles> {
    if (!this.isGood(files)) {
      const made = await issueCertificate(this.authority(), { commonName, usages, dnsNames });
      writePrivately(files.keyFile, made.privateKeyPem);
      writePrivately(files.caFile, this.certificatePem);
      writePrivately(files.certFile, made.certificatePem);
    }
    return files;
  }

  private authority() {
    return { certificatePem: this.certificatePem, privateKeyPem: this.privateKeyPem };
  }

  private filesOf(name: string): IdentityFiles {
    const file = (ending: string) => join(this.folder, `${name}.${ending}`);
    return { certFile: file('crt'), keyFile: file('key'), caFile: join(this.folder, 'ca.crt') };
  }

  private isGood(files: IdentityFiles): boolean {
    try {
      const certificate = new X509Certificate(readFileSync(files.certFile));
      const issued = certificate.verify(new X509Certificate(this.certificatePem).publicKey);
      const lasts = Date.parse(certificate.validTo) - Date.now() > renewBeforeDays * 24 * 60 * 60 * 1000;
      return issued && lasts && existsSync(files.keyFile) && existsSync(files.caFile);
    } catch {
      return false;
    }
  }
}
