import type { DvServiceRow } from '#contracts';
import { addDays, earlier } from '../dates.js';
import type { Situation } from '../situations/situation.js';
import type { Desk } from './row.js';

/** What the service recorded of the victim's consent; only one given or withdrawn has a scope. */
export function serviceConsent(
  { random, asOf }: Desk,
  situation: Situation,
  opened: string,
): NonNullable<DvServiceRow['consent']> {
  const status = situation.consent;
  if (status === 'not-asked') return { status };
  const at = `${earlier(addDays(opened, random.int(0, 90)), asOf)}T${String(random.int(9, 16)).padStart(2, '0')}:30:00Z`;
  if (status === 'refused') return { status, at };
  const purposes = random.pick([
    ['marac', 'voluntary-support'],
    ['marac', 'voluntary-support'],
    ['marac'],
    ['voluntary-support'],
  ]);
  const recipients = ['idva', 'police', 'health', 'childrens-services', situation.district].filter(() =>
    random.chance(0.85),
  );
  const categories = ['dv-service', 'marac-referral', 'housing', 'homelessness', 'arrears', 'asb'].filter(
    (_, i) => i === 0 || random.chance(0.8),
  );
  return { status, scope: { purposes, recipients, categories }, at };
}
