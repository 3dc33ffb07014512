import type { IdSpace } from '../judging/id-pairs.js';
import { LinkError } from '../link-error.js';
import { quoted } from '../reading/file-problem.js';

/**
 * The two rows that `LEFT_ID,RIGHT_ID` names; of two linked files one of each, in either order. An id may hold commas.
 * @throws LinkError `usage`
 */
export function pairOfIds(text: string, { ids, rows, leftRows, type }: IdSpace): [number, number] {
  const [left, right] =
    type === 'link'
      ? ([
          [0, leftRows],
          [leftRows, rows],
        ] as const)
      : ([
          [0, rows],
          [0, rows],
        ] as const);
  const find = (id: string, [from, to]: readonly [number, number]): number => ids.find(id.trim(), from, to);
  const commas = [...text.matchAll(/,/g)].map(({ index }) => index);
  if (commas.length === 0) throw new LinkError('usage', '--explain takes two ids: LEFT_ID,RIGHT_ID.');
  for (const comma of commas) {
    const [a, b] = [text.slice(0, comma), text.slice(comma + 1)];
    const found = [
      [find(a, left), find(b, right)],
      [find(b, left), find(a, right)],
    ].find(([x, y]) => x! >= 0 && y! >= 0);
    if (!found) continue;
    if (found[0] === found[1]) throw new LinkError('usage', '--explain: both ids are the same row’s.');
    return type === 'dedupe' ? [find(a, left), find(b, right)] : [found[0]!, found[1]!];
  }
  const unknown = text.split(',').find((id) => find(id, [0, rows]) < 0);
  throw new LinkError(
    'usage',
    unknown !== undefined && commas.length === 1
      ? `--explain: no row has the id ${quoted(unknown.trim())}.`
      : type === 'link'
        ? '--explain takes an id of the left file and one of the right.'
        : '--explain: no two rows have these ids.',
  );
}
