import { join } from 'node:path';
import { printable } from '../../telling.js';
import { LinkError } from '../link-error.js';
import { keepFromPicture, RESULT_FILES } from '../writing/keep-inputs.js';
import type { ExplainingFlags } from './register-explaining.js';

/** Where the command prints. */
export interface Printer {
  stdout: { write(text: string): unknown };
}

/**
 * What `mash link` does with `--explain` and `--chart`. @returns whether it was asked for: then there is nothing to link
 * @throws LinkError
 */
export async function explainInstead(files: string[], flags: ExplainingFlags, output: Printer): Promise<boolean> {
  if (flags.explain === undefined && flags.chart === undefined) return false;
  const [{ earlierRun }, { writePicture }] = await Promise.all([
    import('./earlier-run.js'),
    import('./write-picture.js'),
  ]);
  await keepFromPictures(files, flags);
  const run = await earlierRun(flags);
  const told: Record<string, unknown> = {};
  const lines: string[] = [];
  if (flags.chart !== undefined) {
    const { modelChartSvg, modelInWords } = await import('#linkage');
    const words = modelInWords(run.model);
    await writePicture(flags.chart, modelChartSvg(run.model));
    told['model'] = words;
    lines.push(...words, `Drawn: ${flags.chart}`);
  }
  if (flags.explain !== undefined) {
    if (files.length === 0)
      throw new LinkError('usage', '--explain takes the file, or the two files, that were linked.');
    const [{ explainRows }, { findingInWords, findingSvg }] = await Promise.all([
      import('./explain-rows.js'),
      import('./finding-in-words.js'),
    ]);
    const finding = await explainRows(files, flags.explain, run, flags);
    if (flags.svg !== undefined) await writePicture(flags.svg, findingSvg(finding));
    Object.assign(told, finding);
    lines.push(...findingInWords(finding), ...(flags.svg === undefined ? [] : [`Drawn: ${flags.svg}`]));
  }
  output.stdout.write(flags.json ? `${JSON.stringify(told)}\n` : `${lines.map(printable).join('\n')}\n`);
  return true;
}

/** Before the work: a picture must not take the place of what was read, or of results. */
async function keepFromPictures(
  files: string[],
  { svg, chart, out, settings, model, decisions, truth, previous }: ExplainingFlags,
): Promise<void> {
  const results = out === undefined ? [] : RESULT_FILES.map((name) => join(out, name));
  const read = [settings, model, decisions, truth, previous].filter((file) => file !== undefined);
  if (chart !== undefined) await keepFromPicture(chart, [...files, ...read, ...results]);
  if (svg !== undefined)
    await keepFromPicture(svg, [...files, ...read, ...results, ...(chart === undefined ? [] : [chart])]);
}
