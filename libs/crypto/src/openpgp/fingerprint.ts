import type { Key } from 'openpgp';

/** A key's fingerprint as the manifests write it: upper-case hex (40 digits for version 4 keys, 64 for version 6). */
export function fingerprintOf(key: Pick<Key, 'getFingerprint'>): string {
  return key.getFingerprint().toUpperCase();
}

/** A fingerprint in groups of four, for two people to compare over the telephone. */
export function fingerprintForReadOut(fingerprint: string): string {
  return (
    fingerprint
      .replace(/\s/g, '')
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  ).join(' ');
}
