import type { Pack } from '#contracts';
import type { Policy } from '#policy';
import { heading, QUIET, BODY } from '../sheet/blocks.js';
import type { Sheet } from '../sheet/sheet.js';

/** The legal bases this pack's items went on, in full, once. */
export function bases(sheet: Sheet, pack: Pack, policy: Policy): void {
  const used = new Set([
    ...pack.cases.flatMap(({ people }) => people.flatMap(({ items }) => items.map(({ basis }) => basis))),
    ...(pack.chronology ?? []).flatMap(({ basis }) => basis ?? []),
  ]);
  if (used.size === 0) return;
  heading(sheet, 'Why this could be shared', 2, 80);
  for (const id of used) {
    const basis = policy.bases[id];
    if (!basis) continue;
    heading(sheet, basis.title, 3, 40);
    sheet.paragraph(basis.text, BODY);
    sheet.paragraph(
      `${basis.article6}. ${basis.condition}. Source: ${basis.source.title}, ${basis.source.section}.`,
      QUIET,
      { after: 6 },
    );
  }
}
