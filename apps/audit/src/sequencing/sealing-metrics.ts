import { Database, metrics } from '#platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';

export const entriesSealed = new Counter({
  name: 'audit_entries_sealed_total',
  help: 'Entries sealed by this instance',
  registers: [metrics],
});

export const entriesUnreadable = new Counter({
  name: 'audit_entries_unreadable_total',
  help: 'Entries that could not be sealed as they were; a stand-in with their digest was',
  registers: [metrics],
});

export const logSize = new Gauge({
  name: 'audit_log_entries',
  help: 'Entries under the newest checkpoint',
  registers: [metrics],
});

export const sequencing = new Gauge({
  name: 'audit_sequencing',
  help: '1 when this instance seals, 0 when it stands by',
  registers: [metrics],
});

const LAG = 'audit_seal_lag_seconds';

/** Age of the oldest unsealed entry, asked of the database: it rises also when no sequencer is alive. */
@Injectable()
export class SealingLag implements OnModuleDestroy {
  constructor(@Inject(Database) database: Database) {
    new Gauge({
      name: LAG,
      help: 'Age of the oldest entry that is not sealed',
      registers: [metrics],
      async collect() {
        const rows = await database.client.$queryRaw<{ lag: number }[]>`
          SELECT coalesce(extract(epoch FROM clock_timestamp() - min(appended_at)), 0)::float8 AS lag
          FROM audit.entry WHERE leaf_index IS NULL`;
        this.set(Math.max(0, rows[0]?.lag ?? 0));
      },
    });
  }

  onModuleDestroy() {
    metrics.removeSingleMetric(LAG);
  }
}
