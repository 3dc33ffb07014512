import { decide, loadPolicy, type DecisionRequest } from '../src/index.js';
import { sampleRequest } from './sample-request.js';

export const policy = loadPolicy('2026-01');
/** The row and the basis each purpose releases the sample item by. */
export const RELEASE: Record<string, [number, string]> = {
  'voluntary-support': [10, 'consent'],
  marac: [11, 'consent'],
  dhr: [13, 'dvcva2004.s9'],
  'adult-safeguarding': [14, 'careact2014.s42'],
  'child-safeguarding': [15, 'childrenact2004.s10-11'],
  emergency: [16, 'ukgdpr.art6-1-d'],
  'subject-access': [17, 'ukgdpr.art15'],
};
export const PURPOSES = Object.keys(RELEASE);

/** The decision about a request's first item, in one line: outcome, reason, rule, and the basis of a release. */
export function first(request: DecisionRequest): string {
  const { outcome, reason, rule, basis } = decide(policy, request).items[0]!;
  return [outcome, reason, rule, ...(basis ? [basis] : [])].join(' ');
}

/** A row of a test table. */
export type Case = [says: string, request: DecisionRequest, expected: string];
const scope = (purposes: string[], categories = ['identity'], recipients = ['idva']) => ({
  purposes,
  categories,
  recipients,
});
export const given = (at: string, purposes: string[], categories?: string[], recipients?: string[]) =>
  ({ person: 'vera', at, status: 'given', ...scope(purposes, categories, recipients) }) as const;
export const withdrawn = (at: string, purposes: string[], categories: string[] = [], recipients: string[] = []) =>
  ({ person: 'vera', at, status: 'withdrawn', ...scope(purposes, categories, recipients) }) as const;
export const agreement = (changes: object = {}) => ({
  source: 'ashfield',
  recipient: 'idva',
  purposes: ['marac'],
  categories: ['identity'],
  from: '2026-01-01T00:00:00Z',
  to: null,
  ...changes,
});
export const unsaid = sampleRequest('marac').case.withoutConsent!;
export const noConsent = { consents: [] };
export const about = (person: string) => ({ item: { person } });
