import type { Address as RecordedAddress } from '#contracts';
import type { IsoDate } from '../dates.js';
import { currentHome, type Home, type Person } from '../people/person.js';
import type { Random } from '../random.js';
import { RATES } from './rates.js';
import type { Sighting } from './sighting.js';
import { withTypo } from './typo.js';

const rates = RATES.address;

/** Where a person lived on a day; the first home for days before it. */
export function homeOn(person: Person, on: IsoDate): Home {
  return person.homes.findLast((home) => home.from <= on) ?? person.homes[0] ?? currentHome(person);
}

/** A person's addresses as one agency wrote them down: the one of that day, and now and then the one before. */
export function recordedAddresses(random: Random, person: Person, seen: Sighting): RecordedAddress[] {
  const at = person.homes.indexOf(homeOn(person, seen.on));
  const listed = seen.care === 'careful' ? RATES.careful.previousListed : rates.previousListed;
  const outOfDate = at > 0 && random.chance(rates.outOfDate * 2);
  const home = person.homes[outOfDate ? at - 1 : at] ?? currentHome(person);
  const current = asWritten(random, home, seen.uprn ?? 0);
  if (random.chance(rates.datesListed)) current.from = home.from;
  const before = person.homes[person.homes.indexOf(home) - 1];
  if (!before || !random.chance(listed)) return [{ ...current, type: 'current' }];
  const previous = { ...asWritten(random, before, 0), type: 'previous' as const, from: before.from };
  return [{ ...current, type: 'current' }, before.to ? { ...previous, to: before.to } : previous];
}

function asWritten(random: Random, { address }: Home, withUprn: number): RecordedAddress {
  const lines = [...address.lines];
  const last = lines.length - 1;
  if (random.chance(rates.typo)) lines[last] = withTypo(random, lines[last] as string);
  return {
    lines: lines.length > 1 && random.chance(0.4) ? [lines.join(', ')] : lines,
    ...(random.chance(rates.noTown) ? {} : { town: address.town }),
    ...(random.chance(rates.noPostcode) ? {} : { postcode: address.postcode }),
    ...(random.chance(withUprn) ? { uprn: address.uprn } : {}),
  };
}
