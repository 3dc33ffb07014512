import type { TrainedModel } from '#linkage';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import { jsonIn, readSmallFile } from './small-file.js';

const FORMAT = 'mash.linkage-model/1';

/** Reads a trained model: a `model.json`, or the `report.json` of a run. @throws LinkError `usage` */
export async function readModel(file: string): Promise<TrainedModel> {
  const value = jsonIn(await readSmallFile(file), file) as { format?: unknown; model?: { format?: unknown } } | null;
  const model = value?.format === FORMAT ? value : value?.model;
  if (model?.format !== FORMAT)
    throw new LinkError('usage', `${printable(file)} holds no model of the format ${FORMAT}.`);
  // Loaded only where there is a model: the schema library would lengthen every other start.
  const { problemOfModel } = await import('./model-schema.js');
  const problem = problemOfModel(model);
  if (problem !== null) throw new LinkError('usage', `${printable(file)} holds no usable model: ${problem}.`);
  return model as TrainedModel;
}
