import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** A session as the database holds it: AES-256-GCM, base64url. */
export interface BoxedSession {
  v: 1;
  iv: string;
  box: string;
  tag: string;
}

/** A key of its own for each duty, so that the cookie's signature tells nothing about the session's encryption. */
export function sessionKey(secret: string, duty: 'cookie' | 'box'): Buffer {
  return Buffer.from(hkdfSync('sha512', secret, 'mash-hub portal', `session ${duty} v1`, 32));
}

/** A stolen database must not hold what a cookie needs: only the hash of the session's id is kept. */
export function storedId(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url');
}

export class SessionBox {
  constructor(private readonly key: Buffer) {}

  seal(id: string, session: unknown): BoxedSession {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
    const box = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
    return {
      v: 1,
      iv: iv.toString('base64url'),
      box: box.toString('base64url'),
      tag: cipher.getAuthTag().toString('base64url'),
    };
  }

  /** @returns null for a session sealed under another key, or of another id: the person signs in again */
  open<T>(id: string, boxed: BoxedSession): T | null {
    try {
      const cipher = createDecipheriv('aes-256-gcm', this.key, Buffer.from(boxed.iv, 'base64url'), {
        authTagLength: 16,
      });
      cipher.setAAD(Buffer.from(id)).setAuthTag(Buffer.from(boxed.tag, 'base64url'));
      const text = Buffer.concat([cipher.update(Buffer.from(boxed.box, 'base64url')), cipher.final()]);
      return JSON.parse(text.toString('utf8')) as T;
    } catch {
      return null;
    }
  }
}
