import PDFDocument from 'pdfkit';
import { faces } from '../text/fonts.js';
import { hasRightToLeft, visualOrder } from '../text/direction.js';
import { breakLines } from '../text/lines.js';

export const PAGE = { width: 595.28, height: 841.89, left: 48, right: 48, top: 84, bottom: 70 } as const;
export const WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const INK = {
  text: '#000000',
  quiet: '#4a4a4a',
  line: '#8c8c8c',
  hair: '#c8c8c8',
  tint: '#f0f0f0',
  paper: '#ffffff',
} as const;
const LEADING = 1.32;
/** Drawn where the font has no such character, and explained on the page. */
const BOX = { embedded: '\u25a1', builtin: '?' } as const;

export interface Style {
  size: number;
  bold?: boolean;
  color?: string;
  align?: 'left' | 'right' | 'center';
}

/** What of fontkit's font is used: whether it can draw a character. */
interface Glyphs {
  hasGlyphForCodePoint?(codePoint: number): boolean;
}

/** An A4 document written from top to bottom. Text is broken and measured here, so nothing ever runs over an edge. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  y: number = PAGE.top;
  /** how many characters could not be drawn */
  missing = 0;
  /** draws again what a block wants at the head of a page it goes on to */
  onNewPage: (() => void) | null = null;
  private readonly faces = faces();
  private readonly glyphs = new Map<boolean, Glyphs>();

  /** @param title what the file's metadata says: an id, never a person */
  constructor(title: string) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'en-GB',
      displayTitle: true,
      pdfVersion: '1.7',
      info: { Title: title, Creator: 'MASH hub', Producer: 'MASH hub' },
    });
    this.doc.registerFont('regular', this.faces.regular).registerFont('bold', this.faces.bold);
  }

  get page(): number {
    return this.doc.bufferedPageRange().count;
  }

  get bottom(): number {
    return PAGE.height - PAGE.bottom;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = PAGE.top;
    this.onNewPage?.();
  }

  /** Goes to a new page unless so much is left on this one. @param height points @returns whether it did */
  room(height: number): boolean {
    if (this.y + height <= this.bottom || this.y <= PAGE.top) return false;
    this.newPage();
    return true;
  }

  lines(text: string, width: number, style: Style): string[] {
    this.set(style);
    const clean = this.printable(text, style.bold ?? false);
    return breakLines(clean, width, (part) => this.doc.widthOfString(part));
  }

  lineHeight(style: Style): number {
    return style.size * LEADING;
  }

  height(text: string, width: number, style: Style): number {
    return this.lines(text, width, style).length * this.lineHeight(style);
  }

  /** Draws lines at a place, not at the cursor. */
  put(lines: readonly string[], x: number, y: number, width: number, style: Style): void {
    this.set(style);
    this.doc.fillColor(style.color ?? INK.text);
    lines.forEach((line, i) => {
      const drawn = visualOrder(line);
      const free = width - this.doc.widthOfString(drawn);
      const shift = style.align === 'right' ? free : style.align === 'center' ? free / 2 : 0;
      this.draw(drawn, x + shift, y + i * this.lineHeight(style));
    });
  }

  /** Words of a line with right-to-left ones are set one by one: the font turns a whole run, the space behind it included. */
  private draw(line: string, x: number, y: number): void {
    const words = hasRightToLeft(line) ? line.split(' ') : [line];
    const space = this.doc.widthOfString(' ');
    let at = x;
    for (const word of words) {
      if (word !== '') this.doc.text(word, at, y, { lineBreak: false });
      at += (word === '' ? 0 : this.doc.widthOfString(word)) + space;
    }
  }

  /** A paragraph over the whole width; a long one goes on over pages. */
  paragraph(text: string, style: Style, options: { x?: number; width?: number; after?: number } = {}): void {
    const { x = PAGE.left, width = WIDTH, after = 4 } = options;
    for (const line of this.lines(text, width, style)) {
      this.room(this.lineHeight(style));
      this.put([line], x, this.y, width, style);
      this.y += this.lineHeight(style);
    }
    this.y += after;
  }

  rule(options: { y?: number; weight?: number; color?: string; x?: number; width?: number } = {}): void {
    const { y = this.y, weight = 0.75, color = INK.line, x = PAGE.left, width = WIDTH } = options;
    this.doc
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(weight)
      .strokeColor(color)
      .stroke();
  }

  fill(x: number, y: number, width: number, height: number, color: string): void {
    this.doc.rect(x, y, width, height).fillColor(color).fill();
  }

  /** The finished file. */
  async finish(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    const ended = new Promise<void>((resolve, reject) => this.doc.on('end', resolve).on('error', reject));
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    this.doc.end();
    await ended;
    return Buffer.concat(chunks);
  }

  set({ size, bold = false }: Style): void {
    this.doc.font(bold ? 'bold' : 'regular').fontSize(size);
  }

  /** Characters the font lacks become a box, counted; unseen ones that only steer direction are left out. */
  private printable(text: string, bold: boolean): string {
    const clean = text.normalize('NFC').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
    const has = this.canDraw(bold);
    return [...clean.replace(/\t/g, ' ')]
      .map((character) => {
        if (/\s/.test(character) || has(character.codePointAt(0)!)) return character;
        this.missing += 1;
        return this.faces.embedded ? BOX.embedded : BOX.builtin;
      })
      .join('');
  }

  private canDraw(bold: boolean): (codePoint: number) => boolean {
    if (!this.faces.embedded)
      return (codePoint) => codePoint < 0x100 || '–—‘’“”•…€'.includes(String.fromCodePoint(codePoint));
    let glyphs = this.glyphs.get(bold);
    if (!glyphs) {
      glyphs = (this.doc as unknown as { _font: { font: Glyphs } })._font.font;
      this.glyphs.set(bold, glyphs);
    }
    return (codePoint) => glyphs.hasGlyphForCodePoint?.(codePoint) ?? true;
  }
}
