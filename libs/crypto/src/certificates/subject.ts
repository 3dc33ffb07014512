import type { JsonName } from '@peculiar/x509';
import { CryptoError } from '../crypto-error.js';

/**
 * A subject of one part, the common name. Kafka maps it to a principal with `RULE:^CN=([^,]+).*$/$1/`, so a name with a
 * comma, an equals sign or the like could be mapped to another agency's: only plain names are certified.
 */
export function subjectOf(commonName: string): JsonName {
  requirePlainName(commonName);
  return [{ CN: [commonName] }];
}

/** @throws CryptoError `bad_name` */
export function requirePlainName(commonName: string): void {
  if (!/^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9])?$/.test(commonName)) {
    throw new CryptoError(
      'bad_name',
      'A common name has 1 to 64 letters, digits, spaces, dots, hyphens or underscores',
    );
  }
}
