import type { Pack } from '#contracts';
import { BODY, heading, QUIET, safetyBox, table } from '../sheet/blocks.js';
import { INK, PAGE, WIDTH, type Sheet } from '../sheet/sheet.js';
import { momentText } from './wording.js';

/** Where the contents of a document go, once its pages are known. */
export interface Contents {
  rows: [title: string, who: string, shared: number, notShared: number][];
  /** of each row, from 1 */
  pages: number[];
}

const HANDLING: [string, string][] = [
  ['', 'Read each case’s black box before anybody is contacted. Use only the number and the times in it.'],
  [
    '',
    'The alleged perpetrator, and people in touch with them, must not learn of this meeting, a referral, or anything in this pack.',
  ],
  [
    '',
    'Every item was decided for your agency alone: other agencies’ packs differ. Do not forward, copy or quote it to anybody else.',
  ],
  [
    '',
    'What your own agency sent is not repeated here. Silence is not “nothing known”: each case ends with what was not shared.',
  ],
];

const REVIEW_HANDLING: [string, string][] = [
  [
    '',
    'For the review panel only, for as long as the review is open. Do not forward, copy or quote it to anybody else.',
  ],
  ['', 'Every item was decided for your agency alone: other panel members’ packs differ.'],
  [
    '',
    'Events are as each agency gave them; “?” marks a date its agency is not sure of. What your own agency gave is not repeated.',
  ],
];

/** The first page: what this is, whose it is, how it is handled, what is in it. @returns draws the contents' page numbers */
export function cover(
  sheet: Sheet,
  pack: Pack,
  recipient: string,
  title: string,
  contents: Contents['rows'],
): (pages: number[]) => void {
  sheet.y += 14;
  sheet.paragraph(title, { size: 24, bold: true }, { after: 2 });
  sheet.paragraph(`Pack for ${recipient}`, { size: 15 }, { after: 12 });
  facts(sheet, pack, contents);
  safetyBox(sheet, 'HOW TO HANDLE THIS PACK', pack.purpose === 'marac' ? HANDLING : REVIEW_HANDLING);
  if (contents.length === 0) {
    sheet.paragraph('There is no case in this pack.', { size: 10 });
    return () => undefined;
  }
  heading(sheet, pack.purpose === 'marac' ? 'Cases' : 'Contents', 2, 60);
  const places: { page: number; y: number }[] = [];
  const columns = [
    { title: pack.purpose === 'marac' ? 'Case' : 'Part', width: 120, bold: true },
    { title: pack.purpose === 'marac' ? 'Victim' : 'About', width: 190 },
    { title: 'Shared', width: 60, align: 'right' as const },
    { title: 'Not shared', width: 72, align: 'right' as const },
    { title: 'Page', width: 0, align: 'right' as const },
  ];
  contents.forEach(([name, who, shared, notShared], i) => {
    table(sheet, columns, [[name, who, String(shared), String(notShared), '']], { head: i === 0 });
    sheet.y -= 4;
    const lines = Math.max(
      sheet.lines(name, columns[0]!.width - 10, { ...BODY, bold: true }).length,
      sheet.lines(who, columns[1]!.width - 10, BODY).length,
    );
    places.push({ page: sheet.page - 1, y: sheet.y - lines * sheet.lineHeight(BODY) - 3.5 });
  });
  return (pages) =>
    places.forEach(({ page, y }, i) => {
      sheet.doc.switchToPage(page);
      sheet.put([String(pages[i] ?? '')], PAGE.left, y, WIDTH - 5, { ...BODY, align: 'right' });
    });
}

function facts(sheet: Sheet, pack: Pack, contents: Contents['rows']): void {
  const total = (at: 2 | 3) => String(contents.reduce((sum, row) => sum + row[at], 0));
  const cells: [string, string][] = [
    ...(pack.meeting?.at ? [['Meeting', momentText(pack.meeting.at)] as [string, string]] : []),
    ['Pack made', momentText(pack.createdAt)],
    ['Items shared with you', total(2)],
    ['Items not shared', total(3)],
    ['Disclosure policy', pack.policy],
    ...(pack.audit ? [['Audit log entry', `No. ${pack.audit.index}`] as [string, string]] : []),
  ];
  const width = WIDTH / 3;
  cells.forEach(([label, value], i) => {
    const x = PAGE.left + (i % 3) * width;
    const y = sheet.y + Math.floor(i / 3) * 34;
    sheet.put([label], x, y, width, QUIET);
    sheet.put(sheet.lines(value, width - 10, { size: 10.5, bold: true }).slice(0, 1), x, y + 11, width, {
      size: 10.5,
      bold: true,
    });
  });
  sheet.y += Math.ceil(cells.length / 3) * 34 + 6;
  sheet.rule({ color: INK.line });
  sheet.y += 12;
}
