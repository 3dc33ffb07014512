import type { z } from 'zod';
import { eventSchemas } from '../events/events.js';
import { feedSchemas } from '../feeds/feed.js';
import { ackSchema } from '../wire/ack.js';
import { historyRequestSchema } from '../wire/history-request.js';
import { manifestSchema } from '../wire/manifest.js';
import { packSchema } from '../wire/pack.js';
import { receiptSchema } from '../wire/receipt.js';
import { retractionSchema } from '../wire/retraction.js';

/** Every format that leaves or passes between services, by the name of its JSON Schema file. */
export const wireFormats: Readonly<Record<string, { title: string; schema: z.ZodType }>> = {
  manifest: { title: 'Manifest of a feed batch, mash.feed/1', schema: manifestSchema },
  receipt: { title: 'Receipt, mash.receipt/1', schema: receiptSchema },
  pack: { title: 'Pack, mash.pack/1', schema: packSchema },
  ack: { title: 'Acknowledgement, mash.ack/1', schema: ackSchema },
  retraction: { title: 'Retraction, mash.retraction/1', schema: retractionSchema },
  'history-request': { title: 'History request, mash.history-request/1', schema: historyRequestSchema },
  ...prefixed('feeds', 'Row of feed', feedSchemas),
  ...prefixed('events', 'Event', eventSchemas),
};

function prefixed(folder: string, title: string, schemas: Readonly<Record<string, z.ZodType>>) {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [`${folder}/${name}`, { title: `${title} ${name}`, schema }]),
  );
}
