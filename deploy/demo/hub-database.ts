import pg from 'pg';

/** The demo's look behind the scenes, as the operator: only counts and states. */
export class HubDatabase {
  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<HubDatabase> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new HubDatabase(client);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  async number(sql: string): Promise<number> {
    const { rows } = await this.client.query<Record<string, unknown>>(sql);
    return Number(Object.values(rows[0]!)[0]);
  }

  /** Batches whose rows matching has not compared yet. */
  async uncompared(): Promise<number> {
    return this.number(`
      SELECT (SELECT count(*) FROM (SELECT DISTINCT batch_id FROM ingest.record WHERE feed <> 'agency-history') b
              WHERE NOT EXISTS (SELECT 1 FROM matching.inbox i WHERE i.consumer = 'records.accepted' AND i.message = b.batch_id::text))
           + (SELECT count(*) FROM ingest.outbox) + (SELECT count(*) FROM matching.outbox) + (SELECT count(*) FROM portal.outbox)`);
  }

  async matches(): Promise<number> {
    return this.number('SELECT count(*) FROM matching.match');
  }

  /** For questions whose answer is more than a number. */
  get raw(): pg.Client {
    return this.client;
  }
}
