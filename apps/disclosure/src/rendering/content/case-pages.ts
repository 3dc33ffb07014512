import type { PackCase, PackItem, PackPerson } from '#contracts';
import type { Policy } from '#policy';
import { BODY, heading, QUIET, safetyBox, table } from '../sheet/blocks.js';
import type { Sheet } from '../sheet/sheet.js';
import { knowledge } from './knowledge.js';
import { groundsText, ROLE_WORDS, WITHHELD_WORDS } from './wording.js';

/** One case: safety first, then who, then what agencies know, then what was not shared and why. */
export function casePages(sheet: Sheet, theCase: PackCase, names: ReadonlyMap<string, string>, policy: Policy): void {
  heading(sheet, `Case ${theCase.number}`, 1);
  sheet.y += 4;
  safetyBox(sheet, 'BEFORE ANYONE MAKES CONTACT', safetyRows(theCase));
  heading(sheet, 'People', 2);
  peopleTable(sheet, theCase.people);
  heading(sheet, 'What agencies know', 2, 110);
  knowledge(sheet, theCase.people, names, policy);
  withheldTable(sheet, theCase.withheld);
}

function safetyRows({ safeContact, criteria, people }: PackCase): [string, string][] {
  const perpetrators = people
    .filter(({ role }) => role === 'perpetrator')
    .map(({ displayName }) => displayName ?? 'the alleged perpetrator');
  const yesNo = (value: boolean | undefined, yes: string, no: string) =>
    value === undefined ? 'Not known: treat as no' : value ? yes : no;
  const warned = safeContact?.notSafeToTalkTo ?? [];
  const contact: [string, string][] = safeContact
    ? [
        ['Safe to contact', yesNo(safeContact.safe, 'Yes, as below', 'NO. Do not contact the victim.')],
        ['Number', safeContact.number ?? 'None shared with you'],
        ['Times', safeContact.times ?? 'Not known'],
        ['Leave a message', yesNo(safeContact.messageOk, 'Yes', 'NO. Leave no message of any kind.')],
      ]
    : [['Safe contact', 'None was shared with you. Do not contact the victim before asking the MARAC coordinator.']];
  return [
    ...contact,
    ['Not safe to talk to', warned.length > 0 ? warned.join('; ') : 'Nobody was named: take no one as safe'],
    ['Must not learn of this', [...perpetrators, 'anyone in touch with them'].join('; ')],
    ...(criteria ? [['Why at MARAC', groundsText(criteria)] as [string, string]] : []),
  ];
}

function peopleTable(sheet: Sheet, people: readonly PackPerson[]): void {
  const first = (items: readonly PackItem[], field: string) => items.find((item) => item.field === field)?.value ?? '–';
  const relation = ({ items }: PackPerson) =>
    items.find(({ field }) => /^(perpetrators|children|relatedPeople)\.relationship$/.test(field))?.value ?? '–';
  table(
    sheet,
    [
      { title: 'Role', width: 112 },
      { title: 'Name', width: 160, bold: true },
      { title: 'Date of birth', width: 98 },
      { title: 'Relationship', width: 0 },
    ],
    people.map((person) => [
      ROLE_WORDS[person.role],
      person.displayName ?? 'Not shared',
      first(person.items, 'person.dateOfBirth'),
      relation(person),
    ]),
  );
}

/** @param ask whom to ask about what was held back */
export function withheldTable(sheet: Sheet, withheld: PackCase['withheld'], ask = 'the MARAC coordinator'): void {
  heading(sheet, 'What was not shared with you, and why', 2, 60);
  if (withheld.length === 0) return sheet.paragraph('Nothing was held back.', BODY);
  table(
    sheet,
    [
      { title: 'Reason', width: 138, bold: true },
      { title: 'Items', width: 44, align: 'right' },
      { title: 'What it means', width: 0 },
    ],
    withheld.map(({ reason, count }) => {
      const [label, meaning] = WITHHELD_WORDS[reason] ?? [reason, ''];
      return [label, String(count), meaning];
    }),
  );
  sheet.paragraph(`An item held back is not “nothing known”. To ask about one, ask ${ask}.`, QUIET);
}
