import type { Archive } from './archive.js';
import { readXml } from './xml.js';

/** Number formats of ECMA-376 part 1 section 18.8.30 that show a date (27–36 and 50–58 in East Asian Excel). */
const DATE_FORMATS = new Set([14, 15, 16, 17, 22, ...range(27, 36), ...range(50, 58)]);
const TIME_FORMATS = new Set([18, 19, 20, 21, 45, 46, 47]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Which cell styles show their number as a date or a time: the only thing that tells a day from a number. */
export async function readDateStyles(file: string, archive: Archive, part: string): Promise<boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  const xml = readXml(file, archive.read(part), {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), showsDate(attributes['formatCode'] ?? ''));
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(custom.get(id) ?? (DATE_FORMATS.has(id) || TIME_FORMATS.has(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  for await (const _ of xml) void _;
  return styles;
}

/** `dd/mm/yyyy;@` and the like; letters in quotes, behind a backslash or in brackets (colours, currencies) are no dates. */
function showsDate(format: string): boolean {
  const bare = format.slice(0, 500).replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(bare.split(';')[0]!.replace(/general/i, ''));
}
