import type { TrainedModel } from '#linkage';
import { readFile } from 'node:fs/promises';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';

const FORMAT = 'mash.linkage-model/1';

/** Reads a trained model: a `model.json`, or the `report.json` of a run. @throws LinkError `usage` */
export async function readModel(file: string): Promise<TrainedModel> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new LinkError(
      'usage',
      `${printable(file)}: ${error.code === 'ENOENT' ? 'there is no such file.' : 'it cannot be read.'}`,
    );
  });
  let value: { format?: unknown; model?: { format?: unknown } } | null;
  try {
    value = JSON.parse(text) as { format?: unknown; model?: { format?: unknown } } | null;
  } catch {
    throw new LinkError('usage', `${printable(file)} is not JSON.`);
  }
  const model = value?.format === FORMAT ? value : value?.model;
  if (model?.format !== FORMAT)
    throw new LinkError('usage', `${printable(file)} holds no model of the format ${FORMAT}.`);
  return model as TrainedModel;
}
