import type { Database } from '#platform';
import { Store, type SessionData } from 'express-session';
import { storedId, type BoxedSession, type SessionBox } from './session-box.js';

const SWEEP_EVERY_MS = 10 * 60_000;
/** A request a second must not be a write a second: the time of the last use is kept to the minute. */
const TOUCH_AFTER_MS = 60_000;

/** Sessions in portal.session, encrypted. */
export class SessionStore extends Store {
  private sweptAt = Date.now();

  constructor(
    private readonly database: Database,
    private readonly box: SessionBox,
    private readonly idleMs: number,
  ) {
    super();
  }

  override get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.find(storedId(sid)).then((session) => done(null, session), done);
  }

  override set(sid: string, session: SessionData, done?: (error?: unknown) => void): void {
    this.keep(storedId(sid), session).then(() => done?.(), done);
  }

  override destroy(sid: string, done?: (error?: unknown) => void): void {
    this.database.client.session.deleteMany({ where: { id: storedId(sid) } }).then(() => done?.(), done);
  }

  override touch(sid: string, _session: SessionData, done?: (error?: unknown) => void): void {
    const expiresAt = this.expiry();
    const stale = new Date(expiresAt.getTime() - TOUCH_AFTER_MS);
    this.database.client.session
      .updateMany({ where: { id: storedId(sid), expiresAt: { lt: stale } }, data: { expiresAt } })
      .then(() => done?.(), done);
  }

  private async find(id: string): Promise<SessionData | null> {
    const row = await this.database.client.session.findUnique({ where: { id } });
    if (!row || row.expiresAt.getTime() <= Date.now()) return null;
    return this.box.open<SessionData>(id, row.data as unknown as BoxedSession);
  }

  private async keep(id: string, session: SessionData): Promise<void> {
    const data = { ...this.box.seal(id, session) };
    const expiresAt = this.expiry();
    await this.database.client.session.upsert({
      where: { id },
      create: { id, data, expiresAt },
      update: { data, expiresAt },
    });
    if (Date.now() - this.sweptAt > SWEEP_EVERY_MS) {
      this.sweptAt = Date.now();
      await this.database.client.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
    }
  }

  private expiry(): Date {
    return new Date(Date.now() + this.idleMs);
  }
}
