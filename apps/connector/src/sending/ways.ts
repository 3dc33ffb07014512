import type { AgencyFolder } from '../agency/agency-folder.js';
import { HttpsWay } from './https.js';
import { KafkaWay } from './kafka.js';

/** What came back for a batch that was taken. */
export interface Taken {
  /** over HTTPS: the submission the hub read in it; null when it could not trust the manifest */
  submission?: string | null;
  /** over HTTPS: what its receipt is called */
  receipt?: string;
}

/** A way to the hub: Kafka, HTTPS, or what a test gives. */
export interface Way {
  /**
   * Sends one sealed batch and waits until it is taken.
   * @throws HubError below 500 where sending it again is of no use; anything else may pass
   */
  send(feed: string, message: Buffer): Promise<Taken>;
  close(): Promise<void>;
}

export function wayOf(folder: AgencyFolder, https: boolean): Way {
  return https ? new HttpsWay(folder) : new KafkaWay(folder);
}
