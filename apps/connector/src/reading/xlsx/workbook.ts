import { Archive, broken } from './archive.js';
import { SharedStrings } from './shared-strings.js';
import { readDateStyles } from './styles.js';
import { readXml } from './xml.js';

export interface Sheet {
  name: string;
  part: string;
}

/** What is needed to read the sheets of a workbook. */
export interface Workbook {
  file: string;
  /** Those that are shown, in order. */
  sheets: Sheet[];
  strings: SharedStrings;
  dateStyles: boolean[];
  from1904: boolean;
}

/** @throws HubError `usage` for what is no workbook, `too_compressed` for a bomb */
export async function openWorkbook(file: string): Promise<Workbook> {
  const archive = await Archive.open(file);
  try {
    const related = await relations(file, archive);
    const listed: { name: string; id: string }[] = [];
    let from1904 = false;
    const xml = readXml(file, archive.read('xl/workbook.xml'), {
      open(name, attributes) {
        if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
        if (name === 'sheet' && (attributes['state'] ?? 'visible') === 'visible')
          listed.push({ name: attributes['name'] ?? '', id: relationId(attributes) });
      },
    });
    for await (const _ of xml) void _;
    const part = (kind: string) => [...related.values()].find((one) => one.kind === kind)?.part;
    const [strings, styles] = [part('sharedStrings'), part('styles')];
    return {
      file,
      from1904,
      sheets: listed.flatMap(({ name, id }) => {
        const found = related.get(id);
        return found?.kind === 'worksheet' && archive.has(found.part) ? [{ name, part: found.part }] : [];
      }),
      strings: strings && archive.has(strings) ? await SharedStrings.read(file, archive, strings) : new SharedStrings(),
      dateStyles: styles && archive.has(styles) ? await readDateStyles(file, archive, styles) : [],
    };
  } finally {
    archive.close();
  }
}

function relationId(attributes: Record<string, string>): string {
  const key = Object.keys(attributes).find((name) => name.endsWith(':id'));
  return key === undefined ? '' : attributes[key]!;
}

async function relations(file: string, archive: Archive): Promise<Map<string, { kind: string; part: string }>> {
  const found = new Map<string, { kind: string; part: string }>();
  if (!archive.has('xl/workbook.xml') || !archive.has('xl/_rels/workbook.xml.rels')) throw broken(file);
  const xml = readXml(file, archive.read('xl/_rels/workbook.xml.rels'), {
    open(name, { Id: id, Type: type = '', Target: target = '', TargetMode: mode }) {
      if (name !== 'Relationship' || id === undefined || mode === 'External') return;
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
      found.set(id, { kind: type.split('/').at(-1)!, part });
    },
  });
  for await (const _ of xml) void _;
  return found;
}
