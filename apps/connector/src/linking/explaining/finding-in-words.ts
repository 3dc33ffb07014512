import { waterfallSvg } from '#linkage';
import { printable } from '../../telling.js';
import { explanationInWords, settlingInWords } from '#linkage';
import type { Finding } from './explain-rows.js';

/** For people: what was found, why it was not linked if so, and what would settle it. Names rows, and nothing that they say. */
export function findingInWords({ ids, explained, whyNot, settling }: Finding): string[] {
  return [
    `${ids[0]} and ${ids[1]}`,
    '',
    ...explanationInWords(explained),
    '',
    whyNot.reason === 'linked' ? 'Linked' : whyNot.reason === 'unknown' ? 'Linked or not' : 'Why they were not linked',
    ...whyNot.text.map((line) => `  ${line}`),
    ...(settling.length > 0
      ? ['', 'What would settle it', ...settlingInWords(settling).map((line) => `  ${line}`)]
      : []),
  ];
}

export function findingSvg({ ids, explained }: Finding): string {
  return waterfallSvg(explained, {
    title: printable(`Records ${ids[0]} and ${ids[1]}`),
    words: true,
    width: 800,
    id: 'pair',
  });
}
