import { describe, expect, it } from '@jest/globals';
import {
  AGENCIES,
  BATCH_REFUSALS,
  HubError,
  agencyOfTopic,
  eventSchemas,
  generateContracts,
  manifestSchema,
  receiptSchema,
  refusalWords,
  topics,
} from '../index.js';

const manifest = {
  format: 'mash.feed/1',
  sender: 'ashfield',
  recipient: 'A'.repeat(40),
  feed: 'arrears',
  submission: '0B7C1F0E-5D4E-4B8A-9E55-3E6B3A6D0F11',
  batch: 1,
  batches: 3,
  sequence: 42,
  mode: 'full',
  extractedAt: '2026-11-01T02:00:00Z',
  createdAt: '2026-11-01T02:05:00.123Z',
  rows: 5000,
  sha256: 'a'.repeat(64),
};

describe('a manifest', () => {
  it('is taken as contracts.md writes it, its submission in one spelling', () => {
    expect(manifestSchema.parse(manifest).submission).toBe(manifest.submission.toLowerCase());
  });

  it.each([
    ['batch', 4],
    ['batch', 0],
    ['format', 'mash.feed/2'],
    ['feed', 'rent'],
    ['recipient', 'a'.repeat(40)],
    ['submission', 'one'],
    ['rows', -1],
    ['rows', 1.5],
    ['mode', 'partial'],
    ['createdAt', 'yesterday'],
    ['sha256', 'xyz'],
    ['sequence', undefined],
  ])('with %s %p is refused', (field, value) => {
    expect(manifestSchema.safeParse({ ...manifest, [field]: value }).success).toBe(false);
  });
});

describe('a receipt', () => {
  it('of a batch without a trusted manifest has no submission', () => {
    const receipt = {
      format: 'mash.receipt/1',
      submission: null,
      batch: null,
      status: 'rejected',
      reason: 'unsigned',
      accepted: 0,
      quarantined: [],
      audit: { index: 7, proof: 'x' },
    };
    expect(receiptSchema.parse(receipt)).toEqual(receipt);
    expect(receiptSchema.safeParse({ ...receipt, reason: 'because' }).success).toBe(false);
  });

  it('has words for every refusal', () => {
    expect(Object.keys(refusalWords)).toEqual([...BATCH_REFUSALS]);
    expect(BATCH_REFUSALS).toHaveLength(16);
  });
});

describe('topics and agencies', () => {
  it('are sixteen agencies with their own topics, told apart from internal ones', () => {
    expect(new Set(AGENCIES.map(({ id }) => id)).size).toBe(16);
    for (const { id } of AGENCIES) {
      expect(agencyOfTopic(topics.historyRequests(id))).toEqual({ family: 'history-requests', agency: id });
      expect(agencyOfTopic(topics.feeds(id))).toEqual({ family: 'feeds', agency: id });
    }
    for (const other of ['records.accepted', 'feeds.', 'feeds', '', 'feeds.a/b', '__consumer_offsets'])
      expect(agencyOfTopic(other)).toBeNull();
  });
});

describe('events', () => {
  it('carry ids and nothing else', () => {
    expect(eventSchemas['matches.changed'].safeParse({ matchIds: ['1'] }).success).toBe(true);
    expect(eventSchemas['matches.changed'].safeParse({ matchIds: ['Mary Sample'] }).success).toBe(false);
    expect(eventSchemas['matches.changed'].safeParse({ matchIds: ['1'], name: 'Mary' }).success).toBe(false);
  });
});

describe('an error', () => {
  it('has a status by its code, a given one, or 500', () => {
    const cause = new Error('inner');
    expect(new HubError('consent_withdrawn', 'm', { cause })).toMatchObject({
      code: 'consent_withdrawn',
      status: 409,
      cause,
    });
    expect(new HubError('too_large', 'm').status).toBe(413);
    expect(new HubError('bad_signature', 'm').status).toBe(422);
    expect(new HubError('own_code', 'm').status).toBe(500);
    expect(new HubError('toString', 'm').status).toBe(500);
    expect(new HubError('own_code', 'm', { status: 418 }).status).toBe(418);
  });
});

describe('generated documents', () => {
  const documents = generateContracts();

  it('are valid JSON, the same each time, one for every format', () => {
    expect(generateContracts()).toEqual(documents);
    expect(Object.keys(documents)).toHaveLength(6 + 7 + 6 + 1);
    for (const text of Object.values(documents)) expect(() => JSON.parse(text)).not.toThrow();
  });

  it('refer only to documents and channels that exist', () => {
    const text = documents['asyncapi.json'] ?? '';
    const { channels } = JSON.parse(text) as { channels: Record<string, unknown> };
    for (const [, ref = ''] of text.matchAll(/"\$ref": "([^"]+)"/g)) {
      if (ref.startsWith('#/channels/')) expect(channels).toHaveProperty([ref.slice('#/channels/'.length)]);
      else expect(documents).toHaveProperty([ref.slice('./'.length)]);
    }
  });

  it('describe every feed as closed to unknown fields, with recordRef required', () => {
    for (const [name, text] of Object.entries(documents)) {
      if (!name.startsWith('feeds/')) continue;
      const schema = JSON.parse(text) as { additionalProperties: boolean; required: string[] };
      expect(schema).toMatchObject({ additionalProperties: false });
      expect(schema.required).toContain('recordRef');
    }
  });
});
