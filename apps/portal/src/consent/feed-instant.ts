/** Milliseconds of British time ahead of UTC at a moment: 0 or 3,600,000. */
function britishAhead(utc: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: 'numeric', hourCycle: 'h23' });
  const hour = Number(parts.format(utc));
  return ((hour - new Date(utc).getUTCHours() + 24) % 24) * 3_600_000;
}

function fromBritish(wallClock: number): Date {
  // The hour that the clocks' change repeats is read as its first pass.
  return new Date(wallClock - britishAhead(wallClock - 3_600_000));
}

/**
 * The instants a feed's moment spans: `2026-08-01` is a British day, `2026-08` its month, a time without an offset is British time.
 * @returns first and last instant; the same one when the time is given
 */
export function instantsOf(moment: string): { first: Date; last: Date } {
  if (/(?:Z|[+-]\d{2}:\d{2})$/.test(moment) && moment.includes('T')) {
    const at = new Date(moment);
    return { first: at, last: at };
  }
  if (moment.includes('T')) {
    const at = fromBritish(Date.parse(`${moment}Z`));
    return { first: at, last: at };
  }
  const [year = 1970, month, day] = moment.split('-').map(Number);
  const first = fromBritish(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  const next = day ? Date.UTC(year, month! - 1, day + 1) : month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1);
  return { first, last: new Date(fromBritish(next).getTime() - 1) };
}
