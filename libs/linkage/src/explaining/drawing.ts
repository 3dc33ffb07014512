/** Both at least 4.5:1 on white, and told apart by mark and hatching too, in print and by colour-blind readers. */
export const FOR = '#00703c';
export const AGAINST = '#b10e1e';
export const INK = '#0b0c0c';
export const FAINT = '#505a5f';

export interface Picture {
  /** Makes ids unique when a page holds several pictures. */
  id: string;
  width: number;
  height: number;
  /** Said by screen readers; must not name a person. */
  title: string;
  description: string;
}

/** An SVG without scripts, styles from outside or fonts of its own; it shrinks with its box. */
export function picture({ id, width, height, title, description }: Picture, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="100%" style="max-width:${width}px" font-family="Arial, Helvetica, sans-serif" font-size="14" fill="${INK}">`,
    `<title id="${id}-title">${escapeXml(title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(description)}</desc>`,
    `<defs><pattern id="${id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="${AGAINST}"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** Letters that may stand in an id. */
export function idOf(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, '');
}

/** A bar from one place to another: whole when it speaks for one person, hatched when it speaks against. */
export function bar(id: string, from: number, to: number, y: number, height: number, speaksFor: boolean): string {
  const left = Math.min(from, to).toFixed(1);
  const length = Math.max(Math.abs(to - from), 1.5).toFixed(1);
  return `<rect x="${left}" y="${y}" width="${length}" height="${height}" fill="${speaksFor ? FOR : `url(#${id}-hatch)`}" stroke="${speaksFor ? FOR : AGAINST}"/>`;
}

export interface TextStyle {
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  size?: number;
  fill?: string;
}

export function textAt(x: number, y: number, text: string, { anchor, bold, size, fill }: TextStyle = {}): string {
  const attributes = [
    anchor && anchor !== 'start' ? ` text-anchor="${anchor}"` : '',
    bold ? ' font-weight="bold"' : '',
    size ? ` font-size="${size}"` : '',
    fill ? ` fill="${fill}"` : '',
  ].join('');
  return `<text x="${Number(x.toFixed(1))}" y="${y}"${attributes}>${escapeXml(text)}</text>`;
}

/** Words on lines of at most so many characters; what does not fit on the last line ends in an ellipsis. */
export function wrapped(text: string, characters: number, most: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > characters) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  const kept = lines.slice(0, most).map((line) => shortened(line, characters));
  if (lines.length > most) kept[most - 1] = shortened(`${kept[most - 1]!}…`, characters);
  return kept;
}

/** At most so many characters. */
export function shortened(text: string, characters: number): string {
  const letters = [...text];
  return letters.length <= characters
    ? text
    : `${letters
        .slice(0, characters - 1)
        .join('')
        .trimEnd()}…`;
}

/** What XML cannot hold at all (XML 1.0, section 2.2): most control characters, halves of pairs. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export function escapeXml(text: string): string {
  const whole = text.replace(NO_XML, '\ufffd');
  return whole.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
