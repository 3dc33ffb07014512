import { HubError, serialDate } from '#contracts';
import type { Line, LineSource } from '../table/table.js';
import { Archive } from './archive.js';
import { Merges } from './merges.js';
import type { Sheet, Workbook } from './workbook.js';
import { readXml } from './xml.js';

/** Excel's own bounds. */
const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;

/** The rows of a sheet as lines of text: values as stored, dates as ISO, formulas by the result that was saved with them. */
export function sheetLines(book: Workbook, sheet: Sheet): LineSource {
  const merges = new Merges();
  return {
    from1904: book.from1904,
    sheet: sheet.name,
    notes: book.sheets.length > 1 ? [`The sheet "${sheet.name}" was read.`] : [],
    async *lines(onShare) {
      const archive = await Archive.open(book.file);
      const size = archive.size(sheet.part);
      let bytes = 0;
      const reader = new SheetReader(book, merges);
      try {
        for await (const _ of readXml(
          book.file,
          counted(archive.read(sheet.part), (n) => (bytes += n)),
          reader,
        )) {
          if (reader.ready.length === 0) continue;
          yield* reader.ready;
          reader.ready = [];
          onShare?.(size === 0 ? 1 : Math.min(1, bytes / size));
        }
        merges.complete = true;
      } finally {
        archive.close();
      }
    },
  };
}

async function* counted(pieces: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

class SheetReader {
  ready: Line[] = [];
  private cells: string[] = [];
  private line = 0;
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private formula = false;
  private inValue = false;
  private filled = false;
  /** Whole days met before: a column of births has a few ten thousand different ones. */
  private readonly days = new Map<number, string>();

  constructor(
    private readonly book: Workbook,
    private readonly merges: Merges,
  ) {}

  open(name: string, attributes: Record<string, string>): void {
    switch (name) {
      case 'row':
        this.line = attributes['r'] === undefined ? this.line + 1 : Number(attributes['r']);
        if (!(this.line >= 1 && this.line <= MAX_ROWS)) throw this.outside();
        this.column = -1;
        this.cells = [];
        this.filled = false;
        return;
      case 'c':
        this.column = attributes['r'] === undefined ? this.column + 1 : columnOf(attributes['r']);
        if (!(this.column >= 0 && this.column < MAX_COLUMNS)) throw this.outside();
        this.type = attributes['t'] ?? 'n';
        this.style = Number(attributes['s'] ?? 0);
        this.value = '';
        this.formula = false;
        return;
      case 'f':
        this.formula = true;
        return;
      case 'v':
      case 't':
        this.inValue = true;
        return;
      case 'rPh':
        this.inValue = false;
        return;
      case 'mergeCell':
        this.merges.add(attributes['ref'] ?? '');
    }
  }

  text(piece: string): void {
    if (this.inValue) this.value += piece;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.inValue = false;
    else if (name === 'c') this.take(this.cellText());
    else if (name === 'row') {
      this.merges.fill(this.line, this.cells);
      if (this.filled) this.ready.push({ line: this.line, cells: Array.from(this.cells, (cell) => cell ?? '') });
    }
  }

  private take(text: string): void {
    if (text === '') return;
    this.cells[this.column] = text;
    this.filled = true;
  }

  private cellText(): string {
    const { value } = this;
    // A program that writes formulas without their results: Excel would show a value, the file has none.
    if (value === '') return this.formula && this.type !== 'str' ? '#FORMULA!' : '';
    switch (this.type) {
      case 's':
        return plain(this.book.strings.at(Number(value)) ?? '');
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'n':
        return this.book.dateStyles[this.style] ? this.dateText(Number(value)) : numberText(value);
      case 'd':
        return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
      default:
        return plain(value);
    }
  }

  private dateText(serial: number): string {
    if (!Number.isInteger(serial)) return this.timeText(serial);
    let text = this.days.get(serial);
    if (text === undefined) this.days.set(serial, (text = this.timeText(serial)));
    return text;
  }

  private timeText(serial: number): string {
    if (Number.isNaN(serial)) return this.value;
    const date = serialDate(serial, this.book.from1904);
    if (serial > 0 && serial < 1) {
      const minutes = Math.round(serial * 1440);
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    }
    if (date === 'missing') return '';
    if ('problem' in date) return this.value;
    return date.time === undefined ? date.iso : `${date.iso}T${date.time}`;
  }

  private outside(): HubError {
    return new HubError(
      'usage',
      `${this.book.file} has cells outside what a sheet can hold. Save it again from Excel.`,
    );
  }
}

/** "AB12" → 27. */
function columnOf(ref: string): number {
  let column = 0;
  for (let i = 0; i < ref.length; i++) {
    const code = ref.charCodeAt(i) & 0xdf;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** As stored, never as shown: 9.434765919E9 is 9434765919, and 98.200000000000003 is 98.2. */
function numberText(value: string): string {
  if (/^-?\d{1,15}$/.test(value)) return value;
  const number = Number(value);
  if (Number.isNaN(number)) return value;
  return Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
}

/** `_x000D_` is how a workbook writes a character XML may not hold (ECMA-376 part 1 section 22.9.2.19). */
function plain(text: string): string {
  if (!text.includes('_x')) return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\r\n?/g, '\n');
}
