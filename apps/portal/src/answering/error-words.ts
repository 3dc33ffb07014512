/** What a person reads when something did not work: what happened, what was kept, what to do. Never what went wrong inside. */
export interface ErrorWords {
  title: string;
  happened: string;
  kept: string;
  todo: string;
}

const NOTHING_CHANGED = 'Nothing was changed, and what was recorded before is kept.';

const BY_CODE: Record<string, ErrorWords> = {
  not_found: {
    title: 'Page not found',
    happened: 'There is nothing at this address, or it is something the hub may not show.',
    kept: NOTHING_CHANGED,
    todo: 'Check the address, or start again from the start page.',
  },
  wrong_role: {
    title: 'You cannot open this page',
    happened: 'Your role does not include it. That you asked has been written to the audit log.',
    kept: NOTHING_CHANGED,
    todo: 'If your work needs it, ask your administrator for the role.',
  },
  csrf_failed: {
    title: 'This form has expired',
    happened: 'It was open for too long, or was not sent from this site.',
    kept: 'Nothing you typed into it was recorded.',
    todo: 'Go back, reload the page and send it again.',
  },
  sign_in_failed: {
    title: 'You could not be signed in',
    happened: 'The identity provider did not confirm who you are.',
    kept: NOTHING_CHANGED,
    todo: 'Sign in again. If it keeps happening, tell your administrator.',
  },
  identity_provider_unavailable: {
    title: 'Signing in is not possible right now',
    happened: 'The identity provider does not answer.',
    kept: NOTHING_CHANGED,
    todo: 'Try again in a minute.',
  },
  rate_limited: {
    title: 'Too many tries',
    happened: 'There were too many sign-ins from this address in a minute.',
    kept: NOTHING_CHANGED,
    todo: 'Wait a minute, then sign in again.',
  },
  already_decided: {
    title: 'This match has been decided',
    happened: 'Somebody decided it while you had it open.',
    kept: 'Their decision stands. Yours was not recorded.',
    todo: 'Open the match to see what was decided, or go on with the next one.',
  },
  second_person_required: {
    title: 'Somebody else must do this',
    happened: 'It takes two people, and you were the first.',
    kept: 'What you entered before is kept and waits.',
    todo: 'Ask a colleague with your role or the administrator’s to look at it.',
  },
  wrong_state: {
    title: 'This has been dealt with',
    happened: 'Somebody decided on it, or it ended, while you had it open.',
    kept: 'What they did stands. Yours was not recorded.',
    todo: 'Open the page again to see how it stands.',
  },
  second_reviewer_must_differ: {
    title: 'Somebody else must look at this one',
    happened: 'A match of an alleged perpetrator is decided by two people, and you are already one of them.',
    kept: 'Your earlier decision is kept.',
    todo: 'Go on with the next match.',
  },
};

const BY_STATUS: [number, ErrorWords][] = [
  [
    503,
    {
      title: 'The hub is busy or partly away',
      happened: 'A part of it did not answer in time.',
      kept: 'What was not confirmed to you was not recorded.',
      todo: 'Try again in a minute.',
    },
  ],
  [
    500,
    {
      title: 'Something went wrong in the hub',
      happened: 'It is our fault, not yours.',
      kept: 'What was not confirmed to you was not recorded.',
      todo: 'Try again. If it happens again, tell your administrator.',
    },
  ],
  [
    400,
    {
      title: 'That could not be done',
      happened: 'The hub did not accept what was sent.',
      kept: NOTHING_CHANGED,
      todo: 'Go back and check what you entered.',
    },
  ],
];

/** What a person is told of an error: by its code, else by its HTTP status. */
export function errorWords(code: string, status: number): ErrorWords {
  return BY_CODE[code] ?? BY_STATUS.find(([from]) => status >= from)?.[1] ?? BY_STATUS.at(-1)![1];
}
