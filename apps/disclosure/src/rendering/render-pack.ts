import type { Pack, PackCase } from '#contracts';
import { loadPolicy } from '#policy';
import { bases } from './content/bases.js';
import { casePages, withheldTable } from './content/case-pages.js';
import { chronologyPages } from './content/chronology-pages.js';
import { cover, type Contents } from './content/cover.js';
import { knowledge } from './content/knowledge.js';
import { heading } from './sheet/blocks.js';
import { furnish } from './sheet/furniture.js';
import { Sheet } from './sheet/sheet.js';

/**
 * The pack as an A4 document. It draws what the pack holds and nothing else, so it can show nothing that was withheld.
 * @param names agencies' names by id
 * @returns the PDF; its metadata carries the pack's id only
 */
export async function renderPack(pack: Pack, names: ReadonlyMap<string, string>): Promise<Buffer> {
  const sheet = new Sheet(`Pack ${pack.id}`);
  const policy = loadPolicy(pack.policy);
  const recipient = names.get(pack.recipient) ?? pack.recipient;
  const number = (pack.meeting ?? pack.review)?.number ?? '';
  const title = pack.purpose === 'marac' ? `MARAC meeting ${number}` : `Domestic homicide review ${number}`;
  const parts = pack.purpose === 'marac' ? maracParts(pack) : reviewParts(pack);
  const writePageNumbers = cover(
    sheet,
    pack,
    recipient,
    title,
    parts.map(({ row }) => row),
  );
  const pages: number[] = [];
  for (const { draw } of parts) {
    sheet.newPage();
    pages.push(sheet.page);
    draw();
  }
  bases(sheet, pack, policy);
  writePageNumbers(pages);
  furnish(sheet, { occasion: title, pack: `Pack for ${recipient}`, packId: pack.id, recipient });
  return sheet.finish();

  function maracParts({ cases }: Pack): Part[] {
    return cases.map((theCase) => ({
      row: [`Case ${theCase.number}`, victimOf(theCase), sharedIn(theCase), notSharedIn(theCase)],
      draw: () => casePages(sheet, theCase, names, policy),
    }));
  }

  function reviewParts({ cases: [review], chronology = [] }: Pack): Part[] {
    if (!review) return [];
    return [
      {
        row: ['Chronology', 'Everybody concerned', chronology.length, 0],
        draw: () => chronologyPages(sheet, chronology, names),
      },
      {
        row: ['Agencies’ answers', 'Everybody concerned', sharedIn(review), notSharedIn(review)],
        draw: () => {
          heading(sheet, 'Agencies’ answers', 1);
          knowledge(sheet, review.people, names, policy);
          withheldTable(sheet, review.withheld, 'the panel’s chair');
        },
      },
    ];
  }
}

interface Part {
  row: Contents['rows'][number];
  draw: () => void;
}

function victimOf({ people }: PackCase): string {
  return people
    .filter(({ role }) => role === 'victim')
    .map(({ displayName }) => displayName ?? 'Name not shared')
    .join(', ');
}

function sharedIn({ people }: PackCase): number {
  return people.reduce((sum, { items }) => sum + items.length, 0);
}

function notSharedIn({ withheld }: PackCase): number {
  return withheld.reduce((sum, { count }) => sum + count, 0);
}
