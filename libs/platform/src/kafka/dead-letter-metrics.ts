import { Counter, Gauge } from 'prom-client';
import { metrics } from '../health/metrics.js';

type Waiting = () => Promise<{ service: string; topic: string; count: number }[]>;
let waiting: Waiting | null = null;

new Gauge({
  name: 'mash_dead_letters',
  help: 'Messages kept as dead letters that nobody has dealt with yet',
  labelNames: ['service', 'topic'],
  registers: [metrics],
  async collect() {
    this.reset();
    // The database away is told by /health; the other figures are still wanted.
    for (const { service, topic, count } of (await waiting?.().catch(() => [])) ?? [])
      this.set({ service, topic }, count);
  },
});

const laidAside = new Counter({
  name: 'mash_messages_dead_lettered_total',
  help: 'Messages given up after the last try',
  labelNames: ['service', 'topic', 'reason'],
  registers: [metrics],
});
const workedOff = new Counter({
  name: 'mash_dead_letters_worked_off_total',
  help: 'Dead letters an operator retried or dropped, by what came of it',
  labelNames: ['service', 'outcome'],
  registers: [metrics],
});

/** A process has one service: its letters are counted whenever somebody reads the metrics. */
export function countWaiting(source: Waiting): void {
  waiting = source;
}

export function deadLettered(service: string, topic: string, reason: string): void {
  laidAside.inc({ service, topic, reason });
}

export function letterWorkedOff(service: string, outcome: 'handled' | 'failed' | 'sent-again' | 'dropped'): void {
  workedOff.inc({ service, outcome });
}
