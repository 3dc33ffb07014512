import { z } from 'zod';
import { personSchema } from './blocks/person-block.js';
import { coded, date, recordRef, text, uprn } from './blocks/values.js';

/** Choices of product.md: how the person stands to the tenancy. */
export const TENANT_STATUSES = ['main', 'joint', 'occupant', 'former'] as const;

/** Source of tenure values: CORE social lettings log, MHCLG, "type of tenancy". */
const TENURES = [
  'secure',
  'introductory',
  'flexible',
  'assured',
  'assured-shorthold',
  'starter',
  'licence',
  'leasehold',
];

export const housingSchema = z.strictObject({
  recordRef,
  person: personSchema,
  tenancyRef: text(64).optional(),
  propertyRef: text(64).optional(),
  uprn: uprn.optional(),
  tenure: coded(TENURES, 'CORE social lettings log').optional(),
  tenantStatus: z.enum(TENANT_STATUSES).optional(),
  tenancyStart: date.optional(),
  tenancyEnd: date.optional(),
  household: z
    .array(z.strictObject({ name: text(200), dateOfBirth: date.optional(), relationship: text(100).optional() }))
    .max(40)
    .optional(),
  repairs: z
    .array(coded(['locks', 'doors'], 'product.md: repairs worth flagging'))
    .max(50)
    .optional(),
  alerts: z
    .array(
      z.strictObject({
        code: text(60).optional(),
        description: text(1000, { lines: true }).optional(),
        from: date.optional(),
        to: date.optional(),
      }),
    )
    .max(50)
    .optional(),
});
export type HousingRow = z.infer<typeof housingSchema>;
