import { INK, PAGE, WIDTH, type Sheet } from './sheet.js';

/** What stands on every page. */
export interface Furniture {
  /** "MARAC meeting M-2026-001" */
  occasion: string;
  /** "Pack for Ashfield District Council" */
  pack: string;
  packId: string;
  recipient: string;
}

const MARKING = 'OFFICIAL-SENSITIVE';
const SMALL = { size: 7.5, color: INK.quiet } as const;

/** Head, foot and the recipient's mark, on every page of a finished document: page numbers are known only then. */
export function furnish(sheet: Sheet, furniture: Furniture): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    sheet.doc.switchToPage(page);
    head(sheet, furniture);
    foot(sheet, furniture, page - start + 1, count);
    mark(sheet, furniture);
  }
}

function head(sheet: Sheet, { occasion, pack }: Furniture): void {
  marking(sheet, 26);
  const half = WIDTH / 2 - 8;
  sheet.put(sheet.lines(occasion, half, SMALL).slice(0, 1), PAGE.left, 48, half, { ...SMALL, bold: true });
  sheet.put(sheet.lines(pack, half, SMALL).slice(0, 1), PAGE.left + half + 16, 48, half, { ...SMALL, align: 'right' });
  sheet.rule({ y: 62, weight: 0.75, color: INK.text });
}

function foot(sheet: Sheet, { packId, recipient }: Furniture, page: number, pages: number): void {
  const top = PAGE.height - 54;
  sheet.rule({ y: top, weight: 0.75, color: INK.text });
  const left = WIDTH - 90;
  sheet.put(
    sheet.lines(`Do not forward. Issued to ${recipient} only.`, left, SMALL).slice(0, 1),
    PAGE.left,
    top + 6,
    left,
    {
      ...SMALL,
      bold: true,
    },
  );
  sheet.put([`Page ${page} of ${pages}`], PAGE.left + left, top + 6, 90, { ...SMALL, align: 'right' });
  sheet.put([`Pack ${packId}`], PAGE.left, top + 17, left, SMALL);
  if (sheet.missing > 0) {
    const note = 'A box (or ?) is a character this document cannot show: see the pack’s data file.';
    sheet.put([note], PAGE.left, top + 17, WIDTH, { ...SMALL, align: 'right' });
  }
  marking(sheet, PAGE.height - 28);
}

function marking(sheet: Sheet, y: number): void {
  sheet.put([MARKING], PAGE.left, y, WIDTH, { size: 9, bold: true, align: 'center' });
}

/** Up the right edge, small: whoever photographs a page photographs whose it is. */
function mark(sheet: Sheet, { packId, recipient }: Furniture): void {
  const style = { size: 6.5, color: INK.line } as const;
  const text = `${recipient}  ·  ${packId}`;
  const [line = ''] = sheet.lines(text, PAGE.height - 200, style);
  sheet.doc.save().rotate(-90, { origin: [PAGE.width - 26, PAGE.height - 100] });
  sheet.put([line], PAGE.width - 26, PAGE.height - 100, PAGE.height, style);
  sheet.doc.restore();
}
