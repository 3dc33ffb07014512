import type { MeetingView } from './meeting-view.js';

/** One thing to have done before the packs go. What is missing is never a bar: the policy withholds what it needs. */
export interface Check {
  title: string;
  done: boolean;
  /** what is still open, in words; for a done one, that it is */
  text: string;
  /** what happens to the packs when it is left so */
  otherwise: string;
  caseIds: string[];
}

/** Is the meeting ready: research decided, grounds recorded, conflicts looked at. */
export function readiness(meeting: Pick<MeetingView, 'cases' | 'attendees'>): Check[] {
  const { cases } = meeting;
  const check = (title: string, open: typeof cases, still: string, done: string, otherwise: string): Check => ({
    title,
    done: open.length === 0,
    text: open.length === 0 ? done : still,
    otherwise,
    caseIds: open.map(({ id }) => id),
  });
  const waiting = cases.filter((entry) => entry.waiting > 0);
  const ungrounded = cases.filter((entry) => entry.consent === 'none' || entry.consent === 'withdrawn');
  const unjustified = cases.filter((entry) => !entry.justified);
  const unsigned = cases.filter((entry) => !entry.caldicott);
  const matches = waiting.reduce((sum, entry) => sum + entry.waiting, 0);
  return [
    check(
      'Research: matches decided',
      waiting,
      `${counted(matches, 'match', 'matches')} in ${counted(waiting.length, 'case', 'cases')} still to decide`,
      'Every proposed match is decided',
      'What an undecided match would bring stays out of the packs.',
    ),
    check(
      'Victims: consent, or a decision to share without it',
      ungrounded,
      `${counted(ungrounded.length, 'case has', 'cases have')} neither`,
      'Recorded in every case',
      'What is about these victims is withheld.',
    ),
    check(
      'Others: necessity and proportionality',
      unjustified,
      `Not recorded in ${counted(unjustified.length, 'case', 'cases')}`,
      'Recorded in every case',
      'What is about alleged perpetrators and children is withheld.',
    ),
    check(
      'Health data: Caldicott sign-off',
      unsigned,
      `Not signed in ${counted(unsigned.length, 'case', 'cases')}`,
      'Signed in every case',
      'Health data is withheld; the rest goes.',
    ),
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
