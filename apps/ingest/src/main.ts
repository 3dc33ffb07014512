import './young-generation.js';
import { runService } from '#platform';
import { ingestConfig } from './config.js';
import { IngestModule } from './ingest.module.js';

await runService({
  name: 'ingest',
  config: ingestConfig,
  module: (config, logger) => IngestModule.with(config, logger),
  consumes: true,
  sends: true,
});
