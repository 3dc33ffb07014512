import { instant } from '../instants.js';
import type { Case, DecisionRequest, EchoId } from '../request.js';
import { isWritten } from './written.js';

const FOUR_HOURS = 4 * 60 * 60 * 1000;

/** One of the four MARAC criteria holds (rows 11 and 12). */
export function criterionHolds({ criteria }: Case): boolean {
  return (
    criteria.visibleHighRisk === true ||
    criteria.professionalJudgement === true ||
    criteria.potentialEscalation === true ||
    criteria.repeat === true
  );
}

/** Necessity and proportionality are recorded (row 12). */
export function isJustified({ justification }: Case): boolean {
  return !!justification && isWritten(justification.necessity) && isWritten(justification.proportionality);
}

/** The review is open and the recipient is on its panel (row 13). */
export function isOnOpenPanel({ case: { review }, recipient }: DecisionRequest<EchoId>): boolean {
  return !!review && review.open === true && recipient.panel.includes(review.id);
}

/** A child is in the case and the recipient is a safeguarding partner (row 15). */
export function isPartnerForChild({ case: { people }, recipient }: DecisionRequest<EchoId>): boolean {
  return recipient.safeguardingPartner === true && people.some((person) => person.role === 'child');
}

/** A break-glass grant is active: who and why are written, it spans the moment, and is at most four hours long (row 16). */
export function isGlassBroken({ breakGlass }: Case, at: number): boolean {
  if (!breakGlass || !isWritten(breakGlass.by) || !isWritten(breakGlass.reason)) return false;
  if (breakGlass.to === null) return false; // open-ended is longer than four hours
  const from = instant(breakGlass.from);
  const to = instant(breakGlass.to);
  return from <= at && at < to && to - from <= FOUR_HOURS;
}
