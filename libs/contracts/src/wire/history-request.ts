import { z } from 'zod';
import { agencyId, instant, personRole } from './values.js';

/** Only what an agency needs to find its own files: no addresses while they may be confidential, no contact details. */
const identifyingSchema = z.object({
  surname: z.string().optional(),
  forenames: z.array(z.string()).optional(),
  aliases: z.array(z.object({ surname: z.string().optional(), forenames: z.array(z.string()).optional() })).optional(),
  dateOfBirth: z.string().optional(),
  sex: z.string().optional(),
  nhsNumber: z.string().optional(),
  niNumber: z.string().optional(),
  addresses: z
    .array(
      z.object({ lines: z.array(z.string()).optional(), town: z.string().optional(), postcode: z.string().optional() }),
    )
    .optional(),
});

/** What a review asks of an agency, on `history-requests.<agency>`; answered with an `agency-history` feed. */
export const historyRequestSchema = z.object({
  format: z.literal('mash.history-request/1'),
  requestRef: z.string().min(1).max(64),
  reviewId: z.string().min(1).max(64),
  agency: agencyId,
  people: z.array(z.object({ person: identifyingSchema, role: personRole })).min(1),
  /** The review's scope: YYYY-MM-DD, both ends included. */
  from: z.iso.date(),
  to: z.iso.date(),
  dueBy: z.iso.date(),
  createdAt: instant.optional(),
});
export type HistoryRequest = z.infer<typeof historyRequestSchema>;
