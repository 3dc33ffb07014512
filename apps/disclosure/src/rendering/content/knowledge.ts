import type { PackItem, PackPerson } from '#contracts';
import type { Policy } from '#policy';
import { QUIET, table } from '../sheet/blocks.js';
import { INK, PAGE, WIDTH, type Sheet } from '../sheet/sheet.js';
import { dayText, FEED_WORDS, personWords, recordOf } from './wording.js';

interface Group {
  person: PackPerson;
  feed: string;
  received: string | undefined;
  items: PackItem[];
}

/** What each agency knows: one agency after another, one table for each record about each person, its basis under it. */
export function knowledge(
  sheet: Sheet,
  people: readonly PackPerson[],
  names: ReadonlyMap<string, string>,
  policy: Policy,
): void {
  const agencies = new Map<string, Map<string, Group>>();
  for (const person of people)
    for (const item of person.items) {
      // The number of the request tells a reader nothing.
      if (item.field === 'requestRef') continue;
      const groups = agencies.get(item.source.agency) ?? new Map<string, Group>();
      agencies.set(item.source.agency, groups);
      const key = `${item.source.feed}/${recordOf(item)}/${person.id}`;
      const group = groups.get(key) ?? { person, feed: item.source.feed, received: item.source.receivedAt, items: [] };
      groups.set(key, group);
      group.items.push(item);
    }
  if (agencies.size === 0) sheet.paragraph('Nothing from another agency was shared with you in this case.', QUIET);
  for (const agency of [...agencies.keys()].sort()) {
    agencyBand(sheet, names.get(agency) ?? agency);
    for (const group of agencies.get(agency)!.values()) drawGroup(sheet, group, policy);
  }
}

function agencyBand(sheet: Sheet, name: string): void {
  const style = { size: 10, bold: true };
  sheet.room(120);
  sheet.fill(PAGE.left, sheet.y, WIDTH, 20, INK.tint);
  sheet.fill(PAGE.left, sheet.y, 3, 20, INK.text);
  sheet.put(sheet.lines(name, WIDTH - 20, style).slice(0, 1), PAGE.left + 10, sheet.y + 4, WIDTH - 20, style);
  sheet.y += 27;
}

function drawGroup(sheet: Sheet, { person, feed, received, items }: Group, policy: Policy): void {
  sheet.room(80);
  const title = { size: 9, bold: true };
  const date = received ? `Received ${dayText(received)}` : '';
  const lines = sheet.lines(`${FEED_WORDS[feed] ?? feed} · about ${personWords(person)}`, WIDTH - 130, title);
  sheet.put(lines, PAGE.left, sheet.y, WIDTH - 130, title);
  sheet.put([date], PAGE.left + WIDTH - 130, sheet.y + 1, 130, { ...QUIET, align: 'right' });
  sheet.y += lines.length * sheet.lineHeight(title) + 3;
  sheet.rule({ color: INK.text, weight: 0.75 });
  const rows = items.map(({ label, value }, i) => [items[i - 1]?.label === label ? '' : label, value]);
  table(
    sheet,
    [
      { title: 'Field', width: 150 },
      { title: 'What it says', width: 0 },
    ],
    rows,
    { head: false },
  );
  const bases = [...new Set(items.map(({ basis }) => basis))].map((basis) => policy.bases[basis]?.title ?? basis);
  const hidden = items.some(({ outcome }) => outcome === 'redact') ? ' People outside the case were taken out.' : '';
  sheet.y -= 1;
  sheet.paragraph(`Shared on: ${bases.join('; ')}.${hidden}`, { ...QUIET, size: 7.5 }, { after: 9 });
}
