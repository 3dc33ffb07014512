import type { Admin, ITopicConfig } from 'kafkajs';
import { AGENCIES, AGENCY_TOPIC_FAMILIES, INTERNAL_TOPICS } from '#contracts';
import { applyRights } from './acls.js';
import { connect } from './kafka-client.js';
import { feedMessageBytes } from './kafka-files.js';
import type { RunningKafka } from './kafka.js';
import { allRights } from './rights.js';

/** A feed's key is its name, so its submissions stay in order however many partitions there are. */
const feedPartitions = 2;
const internalPartitions = 4;
const days = 24 * 60 * 60 * 1000;

function wantedTopics(): ITopicConfig[] {
  const setting = (name: string, value: number) => ({ name, value: String(value) });
  const ofAgencies = AGENCIES.flatMap(({ id }) =>
    AGENCY_TOPIC_FAMILIES.map((family): ITopicConfig => ({
      topic: `${family}.${id}`,
      numPartitions: family === 'feeds' ? feedPartitions : 1,
      replicationFactor: 1,
      configEntries:
        family === 'feeds' || family === 'acks'
          ? [setting('max.message.bytes', feedMessageBytes), setting('retention.ms', 7 * days)]
          : // An agency may fetch only once a month: what is addressed to it stays longer. Packs may be large.
            [setting('retention.ms', 60 * days)],
    })),
  );
  const internal = INTERNAL_TOPICS.map((topic): ITopicConfig => ({
    topic,
    numPartitions: internalPartitions,
    replicationFactor: 1,
    configEntries: [setting('retention.ms', 7 * days)],
  }));
  return [...ofAgencies, ...internal];
}

/**
 * Makes the topics that are missing and the broker's rights as they should be. May be done any number of times.
 * @returns how many topics were made
 */
export async function prepareTopics(kafka: Pick<RunningKafka, 'brokers' | 'admin'>): Promise<number> {
  const admin: Admin = connect(kafka.brokers, kafka.admin).admin();
  await admin.connect();
  try {
    const there = new Set(await admin.listTopics());
    const missing = wantedTopics().filter(({ topic }) => !there.has(topic));
    if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true, timeout: 20_000 });
    await applyRights(admin, allRights());
    return missing.length;
  } finally {
    await admin.disconnect();
  }
}
