import { NameFrequencies, type PairDecisions } from '#linkage';
import { readDecisions } from '../judging/decisions.js';
import type { IdSpace } from '../judging/id-pairs.js';
import { LinkError } from '../link-error.js';
import { readFiles } from '../read-files.js';
import { nameSenseOf } from '../recognising/name-sense.js';
import { linkType } from '../settings/resolve-settings.js';
import { groupsFound, wasCompared } from './clusters-found.js';
import type { EarlierRun } from './earlier-run.js';
import {
  areTwins,
  clustersOfPair,
  comparerOfModel,
  explainPair,
  isDoubtful,
  modelFor,
  pairWeight,
  sharedKeys,
  whatWouldSettlePair,
  whyNot,
  type ExplainedPair,
  type SettlingField,
  type WhyNot,
} from '#linkage';
import { pairOfIds } from './pair-of-ids.js';
import type { ExplainingFlags } from './register-explaining.js';
import { availableIds } from './row-space.js';

/** What is told of two rows. */
export interface Finding {
  /** As the files call them. */
  ids: [string, string];
  explained: ExplainedPair;
  whyNot: WhyNot;
  /** What to ask for, where the pair is doubtful. */
  settling: SettlingField[];
}

/** Compares two rows as the model does, and says what came of it. @throws LinkError */
export async function explainRows(
  files: string[],
  text: string,
  run: EarlierRun,
  flags: ExplainingFlags,
): Promise<Finding> {
  const type = linkType(run.settings, files.length);
  const names = new NameFrequencies();
  const { read } = await readFiles(
    files,
    run.settings,
    nameSenseOf(names),
    {},
    run.model.comparisons.flatMap(({ columns }) => columns),
  );
  const ids = availableIds(read, type, run.settings, names);
  const space: IdSpace = { ids, rows: read.rows, leftRows: type === 'link' ? read.leftRows : read.rows, type };
  const pair = pairOfIds(text, space);
  const table = read.tableOf([...new Set(run.model.comparisons.flatMap(({ columns }) => columns))]);

  const comparer = comparing(() => comparerOfModel(run.model, table));
  const { rows, leftRows } = space;
  const model = modelFor(
    run.model,
    comparer,
    rows,
    type === 'link' ? leftRows * (rows - leftRows) : (rows * (rows - 1)) / 2,
  );
  const levelsOf = (left: number, right: number): Uint8Array =>
    comparer.compare({ left: Uint32Array.of(left), right: Uint32Array.of(right), count: 1 });
  const weightOf = (x: number, y: number): number | null =>
    type === 'link' && x < leftRows === y < leftRows
      ? null
      : pairWeight(model, levelsOf(Math.min(x, y), Math.max(x, y)));

  const levels = levelsOf(Math.min(...pair), Math.max(...pair));
  const explained = explainPair(model, levels);
  const groups = await groupsFound(flags.out, pair, rows);
  const compared = await wasCompared(flags.out, pair, explained.weight, space);
  const decisions = flags.decisions === undefined ? null : await readDecisions(flags.decisions, space);
  const named: [string, string] = [ids.textOf(pair[0]), ids.textOf(pair[1])];
  const isForbidden = (x: number, y: number): boolean =>
    isDecided(decisions, x, y) || areTwins(model, levelsOf(x, y), weightOf(x, y) ?? 0);
  const why = whyNot(model, levels, run.threshold, {
    cannotLink: isDecided(decisions, ...pair),
    ...(compared !== undefined && { compared }),
    // With blocking of one's own these are not the keys by which records met.
    ...((run.settings?.blocking ?? 'auto') === 'auto' && { sharedKeys: sharedKeys(comparer.comparators, ...pair) }),
    ambiguous: run.ambiguous.some((held) => named.every((id) => held.includes(id))),
    oneToOne: run.settings?.oneToOne ?? false,
    ...(groups && { clusters: clustersOfPair(pair, groups, { weightOf, isForbidden }) }),
    called: (row) => ids.textOf(row),
  });
  const settling = isDoubtful(model, explained.weight) ? whatWouldSettlePair(model, levels) : [];
  return { ids: named, explained, whyNot: why, settling };
}

function isDecided(decisions: PairDecisions | null, a: number, b: number): boolean {
  return decisions?.cannotLink.some((pair) => pair.includes(a) && pair.includes(b)) ?? false;
}

function comparing<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'invalid_model') throw error;
    throw new LinkError('usage', 'the model was not learned from such columns: it cannot explain these files.', {
      cause: error,
    });
  }
}
