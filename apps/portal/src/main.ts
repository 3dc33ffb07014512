import { runService } from '#platform';
import { portalConfig } from './config.js';
import { PortalModule } from './portal.module.js';
import { preparePortal } from './preparing.js';

await runService({
  name: 'portal',
  config: portalConfig,
  module: (config, logger) => PortalModule.with(config, logger),
  consumes: true,
  sends: true,
  pages: true,
  prepare: (app, config) => preparePortal(app, config),
});
