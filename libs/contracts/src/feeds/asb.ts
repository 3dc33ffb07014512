import { z } from 'zod';
import { personSchema } from './blocks/person-block.js';
import { coded, moment, recordRef, text, uprn } from './blocks/values.js';

/** Source: Home Office and College of Policing, the three categories of anti-social behaviour (2011). */
export const ASB_DEFINITIONS = ['personal', 'nuisance', 'environmental'] as const;
export const ASB_PARTY_ROLES = ['reporter', 'subject', 'witness', 'victim'] as const;

/** Source: Home Office National Standard for Incident Recording; the 13 ASB types. */
const TYPES = [
  'noise',
  'neighbour-dispute',
  'threats',
  'verbal-abuse',
  'harassment',
  'criminal-damage',
  'domestic-noise',
];

export const asbSchema = z
  .strictObject({
    recordRef,
    person: personSchema.optional(),
    caseRef: text(64).optional(),
    reportedAt: moment.optional(),
    incidents: z
      .array(
        z.strictObject({
          at: moment.optional(),
          location: text(300).optional(),
          uprn: uprn.optional(),
          types: z
            .array(
              z.strictObject({
                type: coded(TYPES, 'National Standard for Incident Recording'),
                category: text(100).optional(),
              }),
            )
            .max(20)
            .optional(),
        }),
      )
      .max(200)
      .optional(),
    definition: z.enum(ASB_DEFINITIONS).optional(),
    riskScore: z.number().min(0).max(1000).optional(),
    parties: z
      .array(z.strictObject({ person: personSchema, role: z.enum(ASB_PARTY_ROLES) }))
      .max(40)
      .optional(),
    status: coded(['open', 'monitoring', 'closed'], 'Regulator of Social Housing, neighbourhood measures').optional(),
    actions: z
      .array(z.union([text(500), z.strictObject({ action: text(500), date: moment.optional() })]))
      .max(100)
      .optional(),
    closedAt: moment.optional(),
    outcome: coded(
      [
        'no-further-action',
        'warning',
        'acceptable-behaviour-contract',
        'mediation',
        'injunction',
        'closure-order',
        'possession',
      ],
      'Anti-social Behaviour, Crime and Policing Act 2014',
    ).optional(),
  })
  .superRefine((row, check) => {
    if (row.person !== undefined || (row.parties?.length ?? 0) > 0) return;
    const message = 'Person is missing, and there are no parties either';
    check.addIssue({ code: 'custom', path: ['person'], message, params: { code: 'required' } });
  });
export type AsbRow = z.infer<typeof asbSchema>;
