import { type Rung, SqlComparison } from './comparison.js';
import { addStep, type Exporting, type FieldComparison, levelSql } from './exporting.js';

/** Each level of a field that another tells twice: where that one agrees, and elsewhere. None without the other. */
export function toldApart(
  exporting: Exporting,
  { field, comparison }: FieldComparison,
  others: readonly FieldComparison[],
): FieldComparison[] {
  const { model, dialect, notExpressed } = exporting;
  const { by, upTo, shift } = model.implied.find((one) => one.field === field)!;
  const teller = others.find((one) => one.field === by);
  if (teller === undefined) {
    const why = `it is weighed by whether ${model.fields[by]!.name} agrees, which is left out`;
    notExpressed.push({ field: model.fields[field]!.name, level: null, why });
    return [];
  }
  const base = addStep(
    exporting,
    new SqlComparison(
      `how_${comparison.name}`,
      `How both are related (${comparison.says}); a step on the way, weighs nothing`,
      comparison.rungs,
    ),
  );
  const told = addStep(
    exporting,
    new SqlComparison(
      `told_${comparison.name}`,
      `Whether ${model.fields[by]!.name} agrees, which tells much of ${comparison.says}; a step on the way, weighs nothing`,
      [
        {
          key: 1,
          label: 'agrees',
          when: `${levelSql(dialect, teller.level, ({ name }) => dialect.found(name))} between 1 and ${upTo}`,
        },
        { key: 0, label: 'does not', when: 'ELSE' },
      ],
    ),
  );
  const keys = [...new Set(comparison.rungs.map(({ key }) => key))].filter((key) => key !== 0);
  const rung = (key: number, agrees: 0 | 1): Rung => ({
    key: key + agrees * shift,
    label: model.fields[field]!.levels[key + agrees * shift]!.name,
    when: `${base.is(dialect, key)} and ${told.is(dialect, agrees)}`,
  });
  const rungs: Rung[] = [
    { key: 0, label: 'missing', when: base.is(dialect, 0), missing: true },
    ...keys.map((key) => rung(key, 1)),
    ...keys.map((key) => rung(key, 0)),
  ];
  rungs[rungs.length - 1] = { ...rungs.at(-1)!, when: 'ELSE' };
  const level = { parts: [base, told], of: ([key, agrees]: number[]) => (key === 0 ? 0 : key! + agrees! * shift) };
  return [{ field, comparison: new SqlComparison(comparison.name, comparison.says, rungs), level }];
}
