import { rmSync } from 'node:fs';
import { writePrivately, type StateLayout } from './layout.js';

/** `hub.json`: where a foreign client finds the hub (contracts, "Embedded state"). */
export interface HubFile {
  web: string;
  ingest: string;
  audit: string;
  kafka: { brokers: string[] };
  postgres: { url: string };
  services: Record<string, { pid: number; health?: string; metrics?: string }>;
}

/** Replaces hub.json as a whole: a reader sees the old one or the new one, never a half. */
export function writeHubFile(layout: StateLayout, content: HubFile): void {
  writePrivately(layout.hubFile, `${JSON.stringify(content, null, 2)}\n`);
}

/** Takes hub.json away: no hub is running any more. */
export function removeHubFile(layout: StateLayout): void {
  rmSync(layout.hubFile, { force: true });
}
