import { AGENCIES } from '../agencies.js';
import { FEEDS } from '../feeds/feed.js';
import { INTERNAL_TOPICS } from '../topics.js';

type Json = Record<string, unknown>;

const OPENPGP = 'application/pgp-encrypted';
const agency = { agency: { description: "The agency's id", enum: AGENCIES.map(({ id }) => id) } };

interface AgencyChannel {
  channel: string;
  action: 'send' | 'receive';
  summary: string;
  messages: Json;
}

/** Sealed messages: the payload is an OpenPGP message; the schema is of what is inside. */
function sealed(name: string, summary: string): Json {
  return {
    name,
    summary,
    contentType: OPENPGP,
    payload: { type: 'string', format: 'binary', description: 'OpenPGP message' },
    'x-opened': { $ref: `./${name}.schema.json` },
  };
}

function agencyChannels(): AgencyChannel[] {
  const rows = { 'x-rows': Object.fromEntries(FEEDS.map((feed) => [feed, { $ref: `./feeds/${feed}.schema.json` }])) };
  return [
    {
      channel: 'feeds',
      action: 'receive',
      summary: 'An agency sends a batch; the key is the name of the feed. Headers are ignored.',
      messages: { batch: { ...sealed('manifest', 'Manifest on line 1, then a row a line (NDJSON)'), ...rows } },
    },
    {
      channel: 'receipts',
      action: 'send',
      summary: 'What became of a batch',
      messages: { receipt: sealed('receipt', 'Receipt') },
    },
    {
      channel: 'disclosures',
      action: 'send',
      summary: 'Packs for a recipient, and retractions of them',
      messages: { pack: sealed('pack', 'Pack'), retraction: sealed('retraction', 'Retraction') },
    },
    {
      channel: 'acks',
      action: 'receive',
      summary: "A recipient's acknowledgement",
      messages: { ack: sealed('ack', 'Acknowledgement') },
    },
    {
      channel: 'history-requests',
      action: 'send',
      summary: 'What a review asks of an agency',
      messages: { request: sealed('history-request', 'History request') },
    },
  ];
}

function operation(channel: string, action: 'send' | 'receive', summary: string): Json {
  return { action, channel: { $ref: `#/channels/${channel.replaceAll('/', '~1')}` }, summary };
}

/** AsyncAPI 3.0 of the hub's Kafka topics, seen from the hub (it receives feeds and sends receipts). */
export function asyncApi(): Json {
  const channels: Json = {};
  const operations: Json = {};
  for (const { channel, action, summary, messages } of agencyChannels()) {
    channels[channel] = { address: `${channel}.{agency}`, description: summary, parameters: agency, messages };
    operations[`${action}.${channel}`] = operation(channel, action, summary);
  }
  for (const topic of INTERNAL_TOPICS) {
    const summary = 'Between services of the hub; ids only';
    const payload = { $ref: `./events/${topic}.schema.json` };
    const message = { name: topic, contentType: 'application/json', payload };
    channels[topic] = { address: topic, description: summary, messages: { event: message } };
    for (const action of ['send', 'receive'] as const)
      operations[`${action}.${topic}`] = operation(topic, action, summary);
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'MASH hub', version: '1.0.0', description: 'Kafka topics of the hub. Agencies use mutual TLS.' },
    defaultContentType: 'application/json',
    channels,
    operations,
  };
}
