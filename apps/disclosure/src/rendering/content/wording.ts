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
  not_shared: ['Not shared', 'Held back for somebody’s safety or fairness. No more can be said about it.'],
  no_agreement: [
    'No agreement',
    'No information-sharing agreement in force covers this source, your agency, this purpose and this kind of information.',
  ],
  not_necessary: [
    'Not needed for this purpose',
    'Not on the list of what this purpose needs about a person in this role.',
  ],
  caldicott: ['Health information', 'No Caldicott guardian has signed off sharing health information for this case.'],
  not_authority: [
    'Criminal-offence information',
    'It goes only to relevant authorities under section 115 of the Crime and Disorder Act 1998.',
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
  not_in_case: ['Not about these people', 'It is about somebody who is not one of the people concerned.'],
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
