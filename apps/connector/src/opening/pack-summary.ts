import { agencyById } from '#contracts';
import type { OpenedPack } from './open-pack.js';

/** What a person at a terminal needs to know of a pack. No names and no values: a terminal is read over shoulders and kept in logs. */
export function packSummary({ pack, pdf, audit, signedAt }: OpenedPack): string[] {
  const about = pack.meeting
    ? `MARAC meeting ${pack.meeting.number ?? pack.meeting.id}`
    : `review ${pack.review?.number ?? pack.review?.id}`;
  const items = pack.cases.flatMap(({ people }) => people.flatMap((person) => person.items)).length;
  const withheld = pack.cases.flatMap((theCase) => theCase.withheld).reduce((sum, { count }) => sum + count, 0);
  return [
    `Pack ${pack.id} for ${agencyById(pack.recipient)?.name ?? pack.recipient}: ${about}.`,
    `Signed by the hub on ${signedAt.toISOString()}; its sending is entry ${audit.index} of the audit log ${audit.origin} (verified offline).`,
    `${pack.cases.length} case${pack.cases.length === 1 ? '' : 's'}, ${items} items shared, ${withheld} not shared` +
      (pack.chronology ? `, ${pack.chronology.length} events in the chronology.` : '.'),
    ...pack.cases.map((theCase) => caseLine(theCase)),
    ...(pdf ? [] : ['The pack was too large to carry its PDF: read pack.json.']),
  ];
}

function caseLine({ number, safeContact, people, withheld }: OpenedPack['pack']['cases'][number]): string {
  const items = people.reduce((sum, person) => sum + person.items.length, 0);
  const held = withheld.reduce((sum, { count }) => sum + count, 0);
  const safety =
    safeContact?.safe === false
      ? 'NOT safe to contact'
      : safeContact
        ? 'read the safe contact first'
        : 'no safe contact: contact nobody';
  return `  ${number}: ${people.length} people, ${items} items, ${held} not shared; ${safety}`;
}
