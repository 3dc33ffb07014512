import { collectDefaultMetrics, Registry } from 'prom-client';

/** Metrics carry counts and durations only; no label may hold anything about a person. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });
