import pg from 'pg';

const QUERY_TIMEOUT_MS = 60_000;

// A signature must not outlive its transaction, so its commit is waited for; and a dead sequencer's lock must fall soon.
const SETTINGS = `
  SET synchronous_commit = on;
  SET idle_in_transaction_session_timeout = '30s';
  SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3`;

/**
 * The one database session of a sequencer: it holds the lock and is the one that seals. Were sealing done on another
 * connection, a sequencer that lost its lock could still commit; so it cannot.
 */
export class SequencerSession {
  private appended: () => void = () => undefined;

  private constructor(private readonly client: pg.Client) {
    // Without a listener a lost connection ends the process; the next query fails anyway, and that is handled.
    client.on('error', () => this.appended());
    client.on('notification', () => this.appended());
  }

  /** @param url of the role mash_audit */
  static async open(url: string): Promise<SequencerSession> {
    const client = new pg.Client({ connectionString: url, keepAlive: true, query_timeout: QUERY_TIMEOUT_MS });
    const session = new SequencerSession(client);
    await client.connect();
    await client.query(SETTINGS);
    return session;
  }

  /** Whether this session is the sequencer now. The lock falls with the session, never before. */
  async tryLock(): Promise<boolean> {
    const { rows } = await this.client.query<{ got: boolean }>(
      `SELECT pg_try_advisory_lock(hashtext('audit.sequencer')) AS got`,
    );
    return rows[0]?.got === true;
  }

  /** Calls `wake` when an entry was appended (several may come as one), and when the connection is lost. */
  async listen(wake: () => void): Promise<void> {
    this.appended = wake;
    await this.client.query('LISTEN audit_appended');
  }

  async query<R extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<{ rows: R[]; count: number }> {
    const { rows, rowCount } = await this.client.query<R>(text, values);
    return { rows, count: rowCount ?? 0 };
  }

  async transaction<T>(act: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    try {
      const result = await act();
      await this.client.query('COMMIT');
      return result;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
