import { COMPARISON_KINDS } from '#linkage';
import { z } from 'zod';

/** Written with so many digits: sums of shares may be a little above 1. */
const ROUNDING = 1e-6;

const number = z.number();
const share = number.min(0, 'is below 0').max(1 + ROUNDING, 'is above 1');
const amount = number.min(0, 'is below 0').max(1e15, 'is above 1e15');
const place = z.int().min(0, 'is below 0');
const text = z.string().max(1000, 'is too long');
const kind = z.enum(COMPARISON_KINDS, 'is no kind of comparison');
const columns = z.array(text.min(1, 'is empty')).min(1, 'names no column').max(100, 'names too many columns');
const ROLES = ['given', 'surname', 'middle', 'date', 'place', 'contact', 'identifier', 'other'] as const;

const Level = z.looseObject({ name: text, band: number, segment: z.literal(1).optional(), m: share, u: share });

const Field = z.looseObject({
  name: text,
  role: z.enum(ROLES, 'is no role'),
  columns,
  kind,
  // Levels are held in bytes.
  levels: z.array(Level).min(1, 'has no levels').max(255, 'has too many levels'),
});

const Model = z
  .looseObject({
    format: z.literal('mash.linkage-model/1'),
    trainedOn: z.looseObject({ rows: z.int().min(0, 'is below 0'), fingerprint: text.nullable() }),
    comparisons: z
      .array(z.looseObject({ columns, kind, format: text.optional() }))
      .min(1, 'is empty')
      .max(50, 'has too many entries'),
    fields: z.array(Field).min(1, 'is empty').max(200, 'has too many entries'),
    implied: z
      .array(z.looseObject({ field: place, by: place, upTo: place, shift: place }))
      .max(200, 'has too many entries'),
    classes: z
      .array(z.looseObject({ name: text, pairs: amount, shares: z.array(z.array(share)) }))
      .min(2, 'has fewer than two entries')
      .max(20, 'has more than 20 entries'),
    correction: z
      .looseObject({
        prior: number,
        weights: z.array(z.array(number)),
        interactions: z
          .array(z.looseObject({ a: place, b: place, weights: z.array(number) }))
          .max(20_000, 'has too many entries'),
      })
      .nullable(),
    thresholds: z.looseObject({ link: number, show: number, join: number }),
    expected: z.looseObject({ precision: share, recall: share, missedByBlocking: share }),
  })
  .superRefine((model, context) => {
    for (const [path, what] of misfits(model)) context.addIssue({ code: 'custom', path, message: what });
  });

/**
 * Says what keeps a value from being a model that can weigh, in words; null when nothing does. Names places in the
 * file only, never what stands there.
 */
export function problemOfModel(value: unknown): string | null {
  const parsed = Model.safeParse(value);
  const issue = parsed.error?.issues[0];
  if (!issue) return null;
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`)).join('');
  const what =
    issue.code === 'custom' || !issue.message.startsWith('Invalid input')
      ? issue.message
      : issue.code === 'invalid_type'
        ? `is not of the type ${issue.expected}`
        : 'is not what it must be';
  return `${place.replace(/^\./, '') || 'the model'} ${what}`;
}

type Path = (string | number)[];

/** What is wrong between its parts, where each by itself may be right. */
function* misfits(model: z.infer<typeof Model>): Generator<[Path, string]> {
  const { fields, classes, implied, correction } = model;
  for (const [at, name] of ['match', 'random'].entries())
    if (classes[at]?.name !== name) yield [['classes', at, 'name'], `must be "${name}"`];
  if (new Set(classes.map(({ name }) => name)).size < classes.length) yield [['classes'], 'has two of one name'];
  for (const [c, { shares }] of classes.entries()) yield* unlikeLevels(shares, ['classes', c, 'shares']);
  for (const [i, { field, by, upTo, shift }] of implied.entries()) {
    const [own, teller] = [fields[field], fields[by]];
    if (!own || !teller || field === by) yield [['implied', i], 'names fields that are not there'];
    // The levels there are the field's own once more, behind them.
    else if (upTo >= teller.levels.length || own.levels.length !== 1 + 2 * shift)
      yield [['implied', i], 'does not suit the levels of its fields'];
  }
  if (correction === null) return;
  yield* unlikeLevels(correction.weights, ['correction', 'weights']);
  for (const [i, { a, b, weights }] of correction.interactions.entries()) {
    const path = ['correction', 'interactions', i];
    const [x, y] = [fields[a], fields[b]];
    if (!x || !y) yield [path, 'names fields that are not there'];
    else if (weights.length !== coarse(x) * coarse(y)) yield [path, 'has not one weight for each pair of levels'];
  }

  function* unlikeLevels(rows: unknown[][], path: Path): Generator<[Path, string]> {
    if (rows.length !== fields.length) yield [path, `must have one entry for each of the ${fields.length} fields`];
    for (const [f, row] of rows.entries())
      if (fields[f] && row.length !== fields[f].levels.length)
        yield [[...path, f], `must have one number for each of the ${fields[f].levels.length} levels`];
  }
}

/** Groups of bands of a field, and "missing". */
function coarse({ levels }: { levels: { name: string }[] }): number {
  return levels.filter(({ name }, at) => at < 2 || name !== levels[at - 1]!.name).length;
}
