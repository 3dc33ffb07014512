import type { ComparisonSettings, TrainedModel } from '#linkage';
import { printable } from '../telling.js';
import type { RowIds } from './reading/row-ids.js';
import { quoted } from './reading/file-problem.js';
import { LinkError } from './link-error.js';
import { KINDS } from './settings/kinds.js';

/** What the engine refuses, in words; any other error as it is. */
export function refusalInWords(
  error: unknown,
  model: TrainedModel | undefined,
  ids: RowIds,
  oneToOne: boolean,
): unknown {
  const { code, left, right } = error as { code?: unknown; left?: number; right?: number };
  if (code === 'model_mismatch' && model)
    return new LinkError(
      'usage',
      `the model was made for other comparisons than these. It has: ${comparisonsInWords(model.comparisons)}.`,
    );
  if (code === 'decisions_conflict' && left !== undefined && right !== undefined) {
    const two = `${quoted(ids.textOf(left))} and ${quoted(ids.textOf(right))}`;
    return new LinkError(
      'usage',
      oneToOne
        ? `the decisions contradict each other: ${two} are to be linked, and one of them has another partner or may not be the other’s.`
        : `the decisions contradict each other: by some ${two} are one person, by others they cannot be.`,
    );
  }
  return error;
}

function comparisonsInWords(comparisons: readonly ComparisonSettings[]): string {
  return comparisons.map(({ columns, kind }) => `${printable(columns.join(' + '))} as ${KINDS[kind]}`).join('; ');
}
