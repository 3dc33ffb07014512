import { z } from 'zod';
import { BATCH_REFUSALS } from './refusals.js';
import { auditProof, rowError, uuid } from './values.js';

const rowErrors = z.array(
  z.object({ row: z.int().min(1), recordRef: z.string().optional(), errors: z.array(rowError).min(1) }),
);

/** What an agency is told of a batch (contracts.md, "A receipt"). Never whether a row matched (rule 3). */
export const receiptSchema = z.object({
  format: z.literal('mash.receipt/1'),
  /** null where no manifest could be trusted. */
  submission: uuid.nullable(),
  batch: z.int().min(1).nullable(),
  status: z.enum(['accepted', 'partly', 'rejected']),
  reason: z.enum(BATCH_REFUSALS).optional(),
  accepted: z.int().nonnegative(),
  /** Rows refused. `row` counts from 1 after the manifest. */
  quarantined: rowErrors,
  /** Identifiers left out of rows that were otherwise accepted. */
  fieldsQuarantined: rowErrors.optional(),
  /** Rows to correct beyond those that fit into one receipt. */
  notListed: z.int().positive().optional(),
  /** `entry`: the entry's bytes, base64, which the proof is about; the log's key is known beforehand. */
  audit: auditProof.extend({ entry: z.base64().optional() }),
});
export type Receipt = z.infer<typeof receiptSchema>;
