import { appendAudit, Database, daysLeft, describeError, LOGGER, metrics, warningDue } from '#platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { Logger } from 'pino';
import { AgencyKeysRepository, type AgencyKey } from '../agency-keys.repository.js';

const HOUR_MS = 3_600_000;
const SERVICE = { type: 'service', id: 'portal' } as const;

const left = new Gauge({
  name: 'mash_agency_key_days_left',
  help: 'Whole days until the last usable key of an agency ends; 0: it has none',
  labelNames: ['agency'],
  registers: [metrics],
});
const warned = new Counter({
  name: 'mash_agency_key_warnings_total',
  help: 'Warnings that a key ends in 60, 30 or 7 days',
  labelNames: ['days'],
  registers: [metrics],
});

/** Says 60, 30 and 7 days before that a key ends: on the pages always, in audit, log and metrics once each. */
@Injectable()
export class ExpiryWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(Database) private readonly database: Database,
    @Inject(AgencyKeysRepository) private readonly keys: AgencyKeysRepository,
  ) {}

  onApplicationBootstrap() {
    const look = () =>
      void this.look().catch((error: unknown) => this.log.warn({ err: describeError(error) }, 'keys not looked at'));
    look();
    this.timer = setInterval(look, HOUR_MS);
    this.timer.unref();
  }

  onModuleDestroy() {
    if (this.timer) clearInterval(this.timer);
  }

  /** One look. Several portals may look at the same time: the warning's row is made once. @returns warnings given now */
  async look(now = new Date()): Promise<{ fingerprint: string; days: number }[]> {
    const keys = await this.keys.list(null, now);
    tellMetrics(keys, now);
    const given: { fingerprint: string; days: number }[] = [];
    for (const key of keys) {
      const days = warningDue(key, now);
      if (days !== null && (await this.warn(key, days))) given.push({ fingerprint: key.fingerprint, days });
    }
    return given;
  }

  private async warn({ fingerprint, agency, end }: AgencyKey, days: number): Promise<boolean> {
    const first = await this.database.unitOfWork(async (tx) => {
      const added = await tx.$executeRaw`
        INSERT INTO portal.key_warning (fingerprint, days) VALUES (${fingerprint}, ${days}) ON CONFLICT DO NOTHING`;
      if (added === 0) return false;
      await appendAudit(tx, {
        actor: SERVICE,
        action: 'KeyExpiryWarned',
        object: { type: 'key', id: fingerprint },
        outcome: 'warned',
        detail: { agency, days, ends: end!.toISOString() },
      });
      return true;
    });
    if (!first) return false;
    warned.inc({ days: String(days) });
    this.log.warn({ agency, fingerprint, days }, 'a key ends soon');
    return true;
  }
}

function tellMetrics(keys: readonly AgencyKey[], now: Date): void {
  left.reset();
  for (const [agency, own] of Map.groupBy(keys, (key) => key.agency)) {
    const usable = own.filter(({ state }) => state === 'active' || state === 'overlapping');
    left.set({ agency }, Math.max(0, ...usable.map((key) => daysLeft(key, now) ?? Infinity)));
  }
}
