import type { DvServiceRow } from '#contracts';
import { addDays, ageOn, earlier, later } from '../dates.js';
import { nicknamesOf } from '../names/spelling.js';
import { inShort, recorded } from '../noise/record.js';
import type { Sighting } from '../noise/sighting.js';
import type { Person, Tradition } from '../people/person.js';
import type { Situation } from '../situations/situation.js';
import { serviceConsent } from './service-consent.js';
import { safeContactFor } from './safe-contact.js';
import type { Desk, MadeRow, Named } from './row.js';

const AGENCY = 'womens-aid';
const LANGUAGES: Partial<Record<Tradition, string>> = {
  polish: 'Polish',
  romanian: 'Romanian',
  'south-asian-muslim': 'Urdu',
  sikh: 'Punjabi',
  hindu: 'Gujarati',
  chinese: 'Cantonese',
  'arabic-somali': 'Somali',
  iberian: 'Portuguese',
};

/** What Women's Aid holds of one situation: a row each for the victim, mostly the perpetrator, and the children. */
export function dvServiceRows(desk: Desk, situation: Situation): MadeRow<'dv-service'>[] {
  const { knownSince, victim, perpetrator, children } = situation;
  if (!knownSince) return [];
  const { random, references } = desk;
  const clientRef = references.next(AGENCY, 'WA');
  const block = (person: Person, more: Partial<Sighting>) =>
    recorded(random, person, desk.asOf, { on: later(knownSince, person.born), care: 'careful', ...more });
  const blocks = {
    victim: block(victim, { nhsNumber: 0.3, telephone: 0.7, email: 0.4, alias: 0.6, noAddress: situation.inRefuge }),
    perpetrator: block(perpetrator, { care: 'poor', telephone: 0.25, alias: 0.5 }),
    children: children.map((child) =>
      block(child, { nhsNumber: 0.3, noAddress: situation.inRefuge || random.chance(0.3) }),
    ),
  };
  const rows: MadeRow<'dv-service'>[] = [
    { agency: AGENCY, feed: 'dv-service', ...victimRow(desk, situation, clientRef, knownSince, blocks) },
  ];
  if (random.chance(0.06)) rows.push(earlierEpisode(desk, situation, knownSince));
  if (random.chance(0.85)) {
    rows.push(
      row(desk, perpetrator, {
        clientRef,
        role: 'perpetrator',
        person: blocks.perpetrator,
        opened: knownSince,
        serviceType: 'perpetrator-programme',
      }),
    );
  }
  children.forEach((child, i) => {
    const person = blocks.children[i];
    if (!person || !random.chance(0.88)) return;
    rows.push(
      row(desk, child, { clientRef, role: 'child', person, opened: knownSince, serviceType: 'children-service' }),
    );
  });
  return rows;
}

interface Blocks {
  victim: DvServiceRow['person'];
  perpetrator: DvServiceRow['person'];
  children: DvServiceRow['person'][];
}

function victimRow(desk: Desk, situation: Situation, clientRef: string, opened: string, blocks: Blocks) {
  const { random, references, asOf } = desk;
  const { victim, perpetrator, children, relationship, inRefuge } = situation;
  const related = random.chance(0.8);
  const named: Named[] = [
    { part: 'person', person: victim },
    ...children.map((person, i) => ({ part: `children.${i}`, person })),
    ...(related ? [{ part: 'relatedPeople.0', person: perpetrator }] : []),
  ];
  const ended = addDays(opened, random.int(120, 800));
  const result: DvServiceRow = {
    recordRef: references.next(AGENCY, 'DV'),
    clientRef,
    role: 'victim',
    person: blocks.victim,
    ...aliasesOf(desk, victim),
    language: random.chance(0.6) ? (LANGUAGES[victim.tradition] ?? 'English') : 'English',
    safeContact: safeContactFor(random, situation),
    area: situation.household.address.town,
    ...(related
      ? {
          relatedPeople: [
            {
              role: 'perpetrator' as const,
              relationship,
              person: inShort(blocks.perpetrator),
              ...(random.chance(0.5) ? { location: placeOf(perpetrator) } : {}),
            },
          ],
        }
      : {}),
    ...(children.length > 0
      ? { children: blocks.children.map((person) => ({ person: inShort(person), livesWith: 'victim' })) }
      : {}),
    ...(victim.sex === 'female' && ageOn(victim.born, asOf) < 44 ? { pregnant: random.chance(0.06) } : {}),
    dashScore: situation.dash,
    consent: serviceConsent(desk, situation, opened),
    serviceType: inRefuge ? 'refuge' : random.pick(['outreach', 'outreach', 'idva', 'helpline']),
    opened,
    ...(ended < asOf && !inRefuge && situation.referrals.length === 0 ? { closed: ended } : {}),
    ...(random.chance(0.15) ? { orders: [{ type: 'non-molestation', from: earlier(addDays(opened, 30), asOf) }] } : {}),
  };
  return { row: result, named };
}

function row(desk: Desk, person: Person, fields: Omit<DvServiceRow, 'recordRef'>): MadeRow<'dv-service'> {
  const recordRef = desk.references.next(AGENCY, 'DV');
  return { agency: AGENCY, feed: 'dv-service', row: { recordRef, ...fields }, named: [{ part: 'person', person }] };
}

/** The same victim came once before, years ago, perhaps by another name and from another address. */
function earlierEpisode(desk: Desk, { victim, dash }: Situation, knownSince: string): MadeRow<'dv-service'> {
  const opened = later(addDays(knownSince, -desk.random.int(400, 2000)), addDays(victim.born, 365 * 18));
  const person = recorded(desk.random, victim, desk.asOf, { on: opened, telephone: 0.5, alias: 0.3 });
  const clientRef = desk.references.next(AGENCY, 'WA');
  const fields = { opened, closed: later(opened, addDays(opened, 120)), dashScore: Math.max(1, dash - 4) };
  return row(desk, victim, { clientRef, role: 'victim', person, serviceType: 'outreach', ...fields });
}

function aliasesOf({ random }: Desk, victim: Person): Pick<DvServiceRow, 'aliases'> {
  const nickname = nicknamesOf(victim.forenames[0] ?? '')[0];
  if (nickname && random.chance(0.25)) return { aliases: [{ surname: victim.surname, forenames: [nickname] }] };
  if (victim.birthSurname === victim.surname || !random.chance(0.5)) return {};
  return { aliases: [{ surname: victim.birthSurname, forenames: [victim.forenames[0] ?? 'Unknown'] }] };
}

function placeOf(person: Person): string {
  return person.homes[person.homes.length - 1]?.address.town ?? 'Nottinghamshire';
}
