/**
 * Decodes standard base64 (RFC 4648 §4) strictly, or gives null. Node's own decoder skips what it does not know and
 * ignores unused bits, so that a changed character could pass unseen: only the one right spelling is taken.
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** Decodes UTF-8 strictly (no replacement characters, no dropped byte-order mark), or gives null. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
