import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BATCH_REFUSALS, receiptSchema } from '#contracts';
import { createHubKeys, FileKeyProvider, generateAgencyKey, sealMessage } from '#crypto';
import type { ParsedRows, RefusedRow } from '../validating/rows.js';
import { BatchOutcome } from './batch-outcome.js';
import { draftAccepted, draftRefused, keepDraft, readDraft } from './draft.js';

const SUBMISSION = '00000000-0000-4000-8000-000000000001';
const bad = (row: number): RefusedRow => ({
  row,
  recordRef: `R-${row}`,
  errors: [{ path: 'x', code: 'required', message: 'X is missing' }],
});
const rows = (given: Partial<ParsedRows> = {}): BatchOutcome => {
  const outcome = new BatchOutcome();
  outcome.add({ taken: [], deleted: [], quarantined: [], fieldsQuarantined: [], ...given });
  return outcome;
};
const audit = { index: 0, proof: '' };

describe('a draft', () => {
  it('is partly accepted as soon as one row is refused, and accepted when only fields are', () => {
    const taken = [{ row: 1, recordRef: 'A', value: {} }];
    expect(draftAccepted(SUBMISSION, 1, rows({ taken, quarantined: [bad(2)] }))).toMatchObject({
      status: 'partly',
      accepted: 1,
    });
    const fields = draftAccepted(
      SUBMISSION,
      1,
      rows({ taken, deleted: [{ row: 2, recordRef: 'B' }], fieldsQuarantined: [bad(1)] }),
    );
    expect(fields).toMatchObject({ status: 'accepted', accepted: 2, quarantined: [], fieldsQuarantined: [{ row: 1 }] });
  });

  it('becomes a receipt as the contract has it', () => {
    const drafts = [
      draftAccepted(SUBMISSION, 1, rows({ quarantined: [bad(1)] })),
      ...BATCH_REFUSALS.map((code) => draftRefused(code, null, null)),
    ];
    for (const draft of drafts) expect(receiptSchema.parse({ ...draft, audit })).toMatchObject(draft);
  });

  it('lists what fits into a message, and counts the rest', () => {
    const quarantined = Array.from({ length: 30_000 }, (_, n) => bad(n + 1));
    const draft = draftAccepted(SUBMISSION, 1, rows({ quarantined, fieldsQuarantined: quarantined }));
    expect(JSON.stringify(draft).length).toBeLessThan(2.2 * 1024 * 1024);
    expect(draft.quarantined[0]).toEqual(bad(1));
    expect(draft.quarantined.length + draft.fieldsQuarantined!.length + draft.notListed!).toBe(60_000);
    expect(draftAccepted(SUBMISSION, 1, rows({ quarantined: [bad(1)] }))).not.toHaveProperty('notListed');
  });
});

describe('a kept draft', () => {
  let dir: string;
  let keys: FileKeyProvider;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'draft-'));
    await createHubKeys(dir, { hubId: 'test' });
    keys = new FileKeyProvider(dir);
  });
  afterAll(async () => rm(dir, { recursive: true, force: true }));

  it('is read again, and shows nothing while it waits', async () => {
    const draft = draftAccepted(SUBMISSION, 2, rows({ quarantined: [bad(7)] }));
    const kept = await keepDraft(keys, draft);
    expect(kept.includes('R-7')).toBe(false);
    expect(await readDraft(keys, kept)).toEqual(draft);
  });

  it('changed in the database, or put there by somebody else, is not read', async () => {
    const kept = await keepDraft(keys, draftRefused('stale', null, null));
    kept[kept.length - 5]! ^= 1;
    await expect(readDraft(keys, kept)).rejects.toThrow();
    const { privateKeyArmored } = await generateAgencyKey({ agency: 'ashfield', name: 'Test' });
    const foreign = await sealMessage({
      payload: Buffer.from('{}'),
      recipients: [await keys.hubOpenPgpPublicKey()],
      signer: privateKeyArmored,
    });
    await expect(readDraft(keys, foreign)).rejects.toThrow('unknown_signer');
  });
});
