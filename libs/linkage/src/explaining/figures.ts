/** A weight with a true minus sign and one decimal. */
export function inBits(weight: number): string {
  const size = Math.abs(weight).toFixed(1);
  return size === '0.0' ? '0.0' : `${weight < 0 ? '−' : '+'}${size}`;
}

/** The same with a mark that shows the sign to those who see no colour. */
export function markedBits(weight: number): string {
  return `${markOf(weight)} ${inBits(weight)}`.trimStart();
}

/** None where the weight is shown as nought. */
export function markOf(weight: number): string {
  return inBits(weight) === '0.0' ? '' : weight > 0 ? '▲' : '▼';
}

/** In: 0 to 1. Never "100 %" or "0 %" of what is not certain. */
export function inPercent(share: number): string {
  if (share <= 0 || share >= 1) return `${share <= 0 ? 0 : 100} %`;
  if (share > 0.999) return 'over 99.9 %';
  if (share < 0.001) return `1 in ${inRound(1 / share)}`;
  return `${(share * 100).toPrecision(share >= 0.99 ? 3 : 2)} %`.replace(/^(\d+)\.0 /, '$1 ');
}

/** To two digits, as one says it: 1,300, 26 million, 2.1 billion. */
export function inRound(count: number): string {
  if (count < 1) return 'fewer than one';
  const round = Number(count.toPrecision(2));
  for (const [size, name] of [
    [1e12, 'trillion'],
    [1e9, 'billion'],
    [1e6, 'million'],
  ] as const) {
    if (round >= size) return `${Number((round / size).toPrecision(2)).toLocaleString('en-GB')} ${name}`;
  }
  return Math.round(round).toLocaleString('en-GB');
}

export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

/** "a, b and c" */
export function inSeries(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)!}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
