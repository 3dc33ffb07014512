import { compileComparison, type NotUnderstoodLevel } from './compiled-comparison.js';
import { columnsOfRules } from './splink-blocking.js';
import { readSplinkModel, type SplinkModel } from './splink-model.js';

export interface SplinkImport {
  model: SplinkModel;
  /** Columns a table must have for the conditions to be answered, in the file's own spelling. */
  columns: string[];
  /** Columns that only the blocking rules speak of: where one is not there its rules are passed over. */
  blockingColumns: string[];
  /** Conditions that could not be read: they count as never true. */
  notUnderstood: NotUnderstoodLevel[];
}

/**
 * A Splink settings file, trained by Splink or exported by us, as a model that SplinkWeights scores with.
 * @throws SplinkFileError on what is no such file
 */
export function modelFromSplink(settings: unknown): SplinkImport {
  const model = readSplinkModel(settings);
  const notUnderstood: NotUnderstoodLevel[] = [];
  const columns = new Set<string>();
  const names = model.comparisons.map(({ name }) => name);
  model.comparisons.forEach((comparison, at) => {
    const { values } = compileComparison(comparison, model.dialect, names.slice(0, at), () => true, notUnderstood);
    for (const { frequency } of comparison.levels) if (frequency !== null) columns.add(frequency.column);
    // Frequencies are counted, not columns of the file.
    for (const value of values) columns.add(value.replace(/_[lr]$/i, '').replace(/^tf_/i, ''));
  });
  const blockingColumns = columnsOfRules(model.blocking).filter((column) => !columns.has(column));
  return { model, columns: [...columns], blockingColumns, notUnderstood };
}
