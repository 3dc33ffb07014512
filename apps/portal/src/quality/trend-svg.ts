const [WIDTH, HEIGHT, EDGE] = [150, 34, 5];

export interface SharePoint {
  at: Date;
  /** 0 to 1 */
  share: number;
}

/**
 * A small line of shares over time, oldest left; the scale goes from 0 to the next round share above the highest, so that small shares can
 * be seen. Its words say first, last and highest: the picture adds nothing that is not told.
 * @returns SVG text without scripts or styles; empty for one point, which is no line
 */
export function trendSvg(label: string, points: readonly SharePoint[]): string {
  if (points.length < 2) return '';
  const top = roundUp(Math.max(...points.map(({ share }) => share)));
  const [first, last] = [points[0]!, points.at(-1)!];
  const span = Number(last.at) - Number(first.at);
  const x = (at: Date) =>
    span === 0 ? WIDTH - EDGE : EDGE + ((Number(at) - Number(first.at)) / span) * (WIDTH - 2 * EDGE);
  const y = (share: number) => HEIGHT - EDGE - (share / top) * (HEIGHT - 2 * EDGE);
  const line = points.map(({ at, share }) => `${x(at).toFixed(1)},${y(share).toFixed(1)}`).join(' ');
  const words = `${percent(first.share)} at first, ${percent(last.share)} now, over ${points.length} submissions; the line's top is ${percent(top)}`;
  return [
    `<svg class="hub-trend" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escape(`${label}: ${words}`)}">`,
    `<path d="M${EDGE} ${HEIGHT - EDGE}H${WIDTH - EDGE}" stroke="#cecece"/>`,
    `<polyline points="${line}" fill="none" stroke="#1d3a5f" stroke-width="2" stroke-linejoin="round"/>`,
    `<circle cx="${x(last.at).toFixed(1)}" cy="${y(last.share).toFixed(1)}" r="3.5" fill="#1d3a5f"/>`,
    '</svg>',
  ].join('');
}

/** 1, 2, 5, 10, 20, 50 or 100 percent. */
function roundUp(share: number): number {
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((top) => share <= top) ?? 1;
}

/** "0.8%" of 0.0083. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}
