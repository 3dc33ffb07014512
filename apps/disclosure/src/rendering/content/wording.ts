import type { PackItem, PackPerson } from '#contracts';

export const FEED_WORDS: Readonly<Record<string, string>> = {
  housing: 'Housing',
  arrears: 'Rent arrears',
  asb: 'Anti-social behaviour',
  homelessness: 'Homelessness',
  'dv-service': 'Domestic abuse service',
  'marac-referral': 'MARAC referral',
  'agency-history': 'Agency history',
};

export const ROLE_WORDS: Readonly<Record<PackPerson['role'], string>> = {
  victim: 'Victim',
  perpetrator: 'Alleged perpetrator',
  child: 'Child',
  other: 'Other person',
};

/** Why something was not shared, for a reader who needs to know what silence means. */
export const WITHHELD_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  not_shared: [
    'Not shared',
    'Most often because this purpose does not need it, or it takes a sign-off or a standing that is not there; sometimes for somebody’s safety or fairness. Which of these it is cannot be told.',
  ],
  no_agreement: [
    'No agreement',
    'No information-sharing agreement in force covers this source, your agency, this purpose and this kind of information.',
  ],
  no_consent: [
    'No consent',
    'The victim has not agreed to your agency having it, and no decision to share without consent covers it.',
  ],
  threshold_not_met: [
    'Threshold not met',
    'None of the MARAC criteria, or no recorded necessity and proportionality, supports sharing it.',
  ],
  not_on_panel: ['Not on the panel', 'The review is not open, or your agency is not on its panel.'],
};

const CRITERIA: Readonly<Record<string, string>> = {
  visibleHighRisk: 'visible high risk',
  professionalJudgement: 'professional judgement',
  potentialEscalation: 'potential escalation',
  repeat: 'repeat',
};

export function groundsText(criteria: Readonly<Record<string, boolean | number>>): string {
  const grounds = Object.entries(CRITERIA).flatMap(([name, words]) => (criteria[name] === true ? [words] : []));
  const score = typeof criteria.dashScore === 'number' ? `DASH score ${criteria.dashScore} of 24` : '';
  return [grounds.join(', '), score].filter(Boolean).join(' · ') || 'none recorded';
}

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

export function dayText(instant: string): string {
  return LONDON.format(new Date(instant));
}

export function momentText(instant: string): string {
  return `${dayText(instant)}, ${CLOCK.format(new Date(instant))}`;
}

export function personWords({ displayName, role }: PackPerson): string {
  return displayName ? `${displayName} (${ROLE_WORDS[role].toLowerCase()})` : ROLE_WORDS[role];
}

/** The record an item is of: the first part of its id. */
export function recordOf(item: Pick<PackItem, 'id'>): string {
  return item.id.split('/')[0]!;
}
