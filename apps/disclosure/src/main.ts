import { runService } from '#platform';
import { disclosureConfig } from './config.js';
import { DisclosureModule } from './disclosure.module.js';

await runService({
  name: 'disclosure',
  config: disclosureConfig,
  module: (config, logger) => DisclosureModule.with(config, logger),
  consumes: true,
  // It has an outbox, but a relay of its own: `sending/pack-relay.ts` looks once more before each pack leaves.
  sends: false,
});
