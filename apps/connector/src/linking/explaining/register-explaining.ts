import type { Command } from 'commander';
import type { LinkFlags } from '../settings/flags.js';

/** What `mash link` is given when it is to explain: `--out` and the file need not be there. */
export type ExplainingFlags = Partial<LinkFlags> & {
  /** `LEFT_ID,RIGHT_ID` */
  explain?: string;
  /** Where the picture of the explanation goes. */
  svg?: string;
  /** Where the picture of the model goes. */
  chart?: string;
};

/**
 * Adds `--explain` and `--chart` to `mash link`. They are options, not commands of their own: `mash link explain` would
 * make a file of that name unlinkable, and the options of both would be read by the outer one. With one of them neither
 * `<left>` nor `--out` is required by the command line itself; without them both are, as before.
 * The action has to begin with `explainInstead`.
 */
export function registerExplaining(link: Command): void {
  const [left] = link.registeredArguments;
  const out = link.options.find(({ long }) => long === '--out');
  left?.argOptional();
  out?.makeOptionMandatory(false);
  link
    .option('--explain <ids>', 'say why two rows were linked, or not: LEFT_ID,RIGHT_ID; links nothing, reads --out')
    .option('--svg <file>', 'with --explain: draw it')
    .option('--chart <file>', 'draw the model of --model, or of --out (SVG); links nothing')
    .hook('preAction', (_link, command) => {
      const flags = command.opts<ExplainingFlags>();
      if (flags.explain === undefined && flags.svg !== undefined)
        command.error('error: --svg goes with --explain', { exitCode: 2 });
      if (flags.chart !== undefined && flags.explain === undefined) return;
      if (command.args.length === 0) command.error(`error: missing required argument '${left?.name() ?? 'left'}'`);
      if (flags.explain === undefined && flags.out === undefined)
        command.error(`error: required option '${out?.flags ?? '--out'}' not specified`);
    });
}
