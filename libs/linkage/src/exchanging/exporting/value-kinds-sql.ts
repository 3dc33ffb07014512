import type { Dialect } from './dialect.js';

/** One kind of single value (fields/values.ts), as SQL. */
export interface ValueKindSql {
  /** In: the column as text. Null where there is nothing in it. */
  normal: (text: string) => string;
  /** The levels under exact agreement in their order, the last ("different") left out. In: two normal values. */
  levels: (a: string, b: string) => [string, string][];
}

const oneEdit = (dialect: Dialect, a: string, b: string): string => `${dialect.damerau(a, b)} = 1`;
const alike = (dialect: Dialect, a: string, b: string, least: number): string =>
  `${dialect.jaroWinkler(a, b)} >= ${least}`;
const presentOnly = (text: string): string => `nullif(${text}, '')`;

export function valueKinds(dialect: Dialect): Record<string, ValueKindSql> {
  const letters = (text: string): string =>
    presentOnly(`trim(${dialect.replaceAll(`lower(${text})`, '[^\\p{L}\\p{N}]+', ' ')})`);
  return {
    identifier: {
      normal: (text) => presentOnly(dialect.replaceAll(`upper(${text})`, '[^A-Z0-9]', '')),
      levels: (a, b) => [
        ['one edit', oneEdit(dialect, a, b)],
        ['two edits', `length(${a}) > 5 and length(${b}) > 5 and ${alike(dialect, a, b, 0.9)}`],
      ],
    },
    email: {
      normal: (text) => `case when ${dialect.matches(text, '[@.]')} then lower(trim(${text})) end`,
      levels: (a, b) => emailLevels(dialect, a, b),
    },
    phone: {
      normal: (text) => {
        const digits = dialect.replaceAll(
          dialect.replaceAll(dialect.replaceAll(text, '[^0-9+]', ''), '^(\\+44|0044)0?', '0'),
          '[^0-9]',
          '',
        );
        return `case when length(${digits}) >= 6 then ${digits} end`;
      },
      levels: (a, b) => [
        ['same end', `substr(${a}, length(${a}) - 5) = substr(${b}, length(${b}) - 5)`],
        ['one edit', oneEdit(dialect, a, b)],
      ],
    },
    category: {
      normal: letters,
      levels: (a, b) => {
        const words = (text: string): string => dialect.filter(dialect.split(text, ' '), 'w', 'length(w) > 3');
        return [
          [
            'similar',
            `length(${a}) > 3 and length(${b}) > 3 and (${oneEdit(dialect, a, b)} or ${alike(dialect, a, b, 0.92)})`,
          ],
          ['a word', dialect.overlap(words(a), words(b))],
        ];
      },
    },
    exact: { normal: letters, levels: () => [] },
  };
}

function emailLevels(dialect: Dialect, a: string, b: string): [string, string][] {
  const box = (text: string): string => dialect.capture(text, '^[^@]*', 0);
  const domain = (text: string): string => dialect.replaceAll(text, '^[^@]*@?', '');
  const [p, q, x, y] = [box(a), box(b), domain(a), domain(b)];
  const [boxEdit, boxAlike] = [oneEdit(dialect, p, q), alike(dialect, p, q, 0.86)];
  const domainAlike = `(${oneEdit(dialect, x, y)} or ${alike(dialect, x, y, 0.88)})`;
  const wholeAlike = `(${p} <> ${q} and ${x} <> ${y} and not ${domainAlike} and not ${boxEdit} and not ${boxAlike} and ${alike(dialect, a, b, 0.9)})`;
  return [
    ['box one edit, domain', `${x} = ${y} and (${p} = ${q} or ${boxEdit})`],
    ['box alike, domain', `${x} = ${y} and ${boxAlike}`],
    ['box, domain alike', `${p} = ${q} and ${domainAlike}`],
    ['box one edit, domain alike', `${boxEdit} and ${domainAlike}`],
    ['box alike, domain alike', `(${boxAlike} and ${domainAlike}) or ${wholeAlike}`],
    ['box, domain different', `${p} = ${q}`],
    ['box different, domain', `${x} = ${y}`],
  ];
}
