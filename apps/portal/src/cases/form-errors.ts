import type { z } from 'zod';

/** A form that was not accepted: which one, what was typed, and what to mend. */
export interface Mend {
  form: string;
  typed: Record<string, unknown>;
  errors: { field: string; text: string }[];
  /** the same, by field */
  faults: Record<string, string>;
}

/** One message a field, the first that was found. @param form prefix of the fields' ids, where a page has several forms */
export function mend(form: string, typed: Record<string, unknown>, error: z.ZodError): Mend {
  const byField = new Map<string, string>();
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form');
    if (!byField.has(field)) byField.set(field, issue.message);
  }
  const errors = [...byField].map(([field, text]) => ({ field: `${form}-${field}`, text }));
  return { form, typed, errors, faults: Object.fromEntries(errors.map(({ field, text }) => [field, text])) };
}
