/** A trained model as a Splink settings file, and back. */
export {
  splinkSettings,
  type SplinkExport,
  type SplinkExportOptions,
  type SplinkSettings,
} from './exporting/splink-settings.js';
export type { NotExpressed } from './exporting/exporting.js';
export { modelFromSplink, type SplinkImport } from './importing/model-from-splink.js';
export { linkWithSplink, type SplinkLinkRequest, type SplinkLinkResult } from './importing/link-with-splink.js';
export { SplinkFileError } from './importing/splink-file-error.js';
export type { SplinkModel } from './importing/splink-model.js';
export { SplinkWeights } from './importing/splink-weights.js';
