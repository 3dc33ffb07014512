import type { TrainedField, TrainedModel } from '../linking/trained-model.js';
import { fieldLabels, fieldNames, placeNames } from './field-names.js';
import { capitalised } from './figures.js';
import { levelWords } from './level-words.js';
import { groupsOf, isUnseen, type LevelGroup } from './trained-levels.js';

/** One row of the chart: a level, the bands of one, or several that hardly occur. */
export interface ChartRow {
  text: string;
  /** Bits: the least and the most among its levels, and what matches that show it get on average. */
  low: number;
  high: number;
  usual: number;
  /** Of `usual`, what was learned beyond counting. */
  learned: number;
  /** Share of matches and of strangers' pairs. */
  m: number;
  u: number;
  /** Levels it stands for; bands of one level are one. */
  levels: number;
}

export interface ChartField {
  label: string;
  /** What it is read from, and as what. */
  source: string;
  /** The second is for where another field agrees that tells much of this one. */
  parts: [ChartPart, ...ChartPart[]];
}

export interface ChartPart {
  heading: string | null;
  rows: ChartRow[];
}

/** Levels that so few matches show are drawn as one row, unless every level is asked for. */
const FEW = 0.002;

/** What every level of every field weighs: in the model's order of fields, the strongest level first. */
export function chartFields(model: TrainedModel, every = false): ChartField[] {
  const labels = fieldLabels(model);
  const names = fieldNames(model);
  return model.fields.map((field, f) => {
    const rowsOf = (segment: 1 | undefined): ChartRow[] => {
      const groups = groupsOf(field).filter((group) => group.segment === segment);
      const rows = groups.map((group) => rowOf(model, f, group)).filter((row) => row !== null);
      return (every ? rows : folded(rows)).sort((x, y) => y.usual - x.usual);
    };
    const by = model.implied.find((one) => one.field === f)?.by;
    return {
      label: labels[f]!,
      source: sourceOf(field),
      parts: [
        { heading: by === undefined ? null : `where the ${names[by]!} does not agree`, rows: rowsOf(undefined) },
        ...(by === undefined ? [] : [{ heading: `where the ${names[by]!} agrees`, rows: rowsOf(1) }]),
      ],
    };
  });
}

function sourceOf({ columns, kind }: TrainedField): string {
  return `${columns.length === 1 ? 'column' : 'columns'} ${columns.join(', ')}, compared as ${/^[aei]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** Null for a level that the training data never showed. */
function rowOf(model: TrainedModel, f: number, group: LevelGroup): ChartRow | null {
  const field = model.fields[f]!;
  const seen = group.levels.filter((at) => !isUnseen(field.levels[at]!));
  if (seen.length === 0) return null;
  const learnedAt = (at: number): number => model.correction?.weights[f]?.[at] ?? 0;
  const weights = seen.map((at) => weightOf(field, at) + learnedAt(at));
  const m = sum(seen.map((at) => field.levels[at]!.m));
  const mean = (of: (at: number) => number): number => sum(seen.map((at) => (of(at) * field.levels[at]!.m) / m));
  return {
    text: levelText(model, field, group),
    low: Math.min(...weights),
    high: Math.max(...weights),
    usual: mean((at) => weightOf(field, at) + learnedAt(at)),
    learned: mean(learnedAt),
    m,
    u: sum(seen.map((at) => field.levels[at]!.u)),
    levels: 1,
  };
}

function weightOf({ levels }: TrainedField, at: number): number {
  return Math.log2(levels[at]!.m / levels[at]!.u);
}

/** A level's words without the field's name, which stands over them. */
function levelText(model: TrainedModel, field: TrainedField, { name }: LevelGroup): string {
  const { postcode, address } = placeNames(field, model);
  const words = levelWords(field.kind, name, { field: '', postcode, address: address ?? 'address' });
  return capitalised(words.replace(/^\s*:?\s*/, ''));
}

/** Those that hardly any match shows in a row or two of their own: for one person, and against. */
function folded(rows: ChartRow[]): ChartRow[] {
  const few = rows.filter(({ m }) => m < FEW);
  const sides = [few.filter(({ usual }) => usual >= 0), few.filter(({ usual }) => usual < 0)];
  const single = sides.filter((side) => side.length === 1).flat();
  const joined = sides.filter((side) => side.length > 1).map((side) => together(side));
  return [...rows.filter(({ m }) => m >= FEW), ...single, ...joined];
}

function together(rows: ChartRow[]): ChartRow {
  const m = sum(rows.map((row) => row.m));
  return {
    text: `${rows.length} findings that hardly any match shows`,
    low: Math.min(...rows.map(({ low }) => low)),
    high: Math.max(...rows.map(({ high }) => high)),
    usual: sum(rows.map((row) => (row.usual * row.m) / m)),
    learned: sum(rows.map((row) => (row.learned * row.m) / m)),
    m,
    u: sum(rows.map((row) => row.u)),
    levels: rows.length,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
