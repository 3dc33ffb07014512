import { runService } from '#platform';
import { matchingConfig } from './config.js';
import { MatchingModule } from './matching.module.js';

await runService({
  name: 'matching',
  config: matchingConfig,
  module: (config, logger) => MatchingModule.with(config, logger),
  consumes: true,
  sends: true,
});
