import type { MaracReferralRow } from '#contracts';

/** The four grounds a case comes to MARAC on (product.md, "MARAC"). */
export interface Criteria {
  visibleHighRisk: boolean;
  professionalJudgement: boolean;
  potentialEscalation: boolean;
  repeat: boolean;
}

/** SafeLives DASH risk identification checklist: 14 or more of the 24 questions is visible high risk. */
export const VISIBLE_HIGH_RISK = 14;

export const CRITERIA_WORDS: Record<keyof Criteria, { name: string; means: string }> = {
  visibleHighRisk: { name: 'Visible high risk', means: '14 or more of the 24 DASH questions' },
  professionalJudgement: { name: 'Professional judgement', means: 'may be the only ground, and never lowers a score' },
  potentialEscalation: {
    name: 'Potential escalation',
    means: '3 or more incidents reported to the police in 12 months',
  },
  repeat: { name: 'Repeat', means: 'any abuse between the same two people within 12 months of the last referral' },
};

/** What the referral says, and what its score means: a score is never explained away by a box left empty. */
export function criteriaOf(row: MaracReferralRow): Criteria {
  const said = row.criteria ?? {};
  return {
    visibleHighRisk: said.visibleHighRisk === true || (said.dashScore ?? 0) >= VISIBLE_HIGH_RISK,
    professionalJudgement: said.professionalJudgement === true,
    potentialEscalation: said.potentialEscalation === true,
    repeat: said.repeat === true,
  };
}

/** "Visible high risk, repeat": the grounds that hold, for a list. */
export function riskInWords(criteria: Criteria): string {
  const held = (Object.keys(CRITERIA_WORDS) as (keyof Criteria)[])
    .filter((key) => criteria[key])
    .map((key) => CRITERIA_WORDS[key].name);
  return held.map((name, i) => (i === 0 ? name : name.toLowerCase())).join(', ') || 'No criterion recorded';
}
