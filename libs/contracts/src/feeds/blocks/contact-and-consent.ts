import { z } from 'zod';
import { moment, phone, text } from './values.js';

/** How, when and whether it is safe to reach a victim; shown wherever contact details are. */
export const safeContactSchema = z.strictObject({
  safe: z.boolean().optional(),
  number: phone.optional(),
  times: text(300).optional(),
  messageOk: z.boolean().optional(),
  notSafeToTalkTo: z.array(text(200)).max(20).optional(),
});
export type SafeContact = z.infer<typeof safeContactSchema>;

export const CONSENT_STATUSES = ['given', 'refused', 'withdrawn', 'not-asked'] as const;

const scopeList = z.array(text(60)).max(50);
const scopeSchema = z.strictObject({
  purposes: scopeList.optional(),
  recipients: scopeList.optional(),
  categories: scopeList.optional(),
});

/**
 * What was agreed to, as the service recorded it. A scope given as words or a list is read as purposes only: an absent
 * list covers nothing, so an unclear scope releases nothing.
 */
export const consentSchema = z.strictObject({
  status: z.enum(CONSENT_STATUSES),
  scope: z
    .union([text(300), scopeList, scopeSchema])
    .transform((scope): z.infer<typeof scopeSchema> => {
      if (typeof scope === 'string') return { purposes: [scope] };
      return Array.isArray(scope) ? { purposes: scope } : scope;
    })
    .optional(),
  at: moment.optional(),
});
export type FeedConsent = z.infer<typeof consentSchema>;
