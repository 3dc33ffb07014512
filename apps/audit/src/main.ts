import { runService } from '#platform';
import { AuditModule } from './audit.module.js';
import { auditConfig } from './config.js';

await runService({
  name: 'audit',
  config: auditConfig,
  module: (config, logger) => AuditModule.with(config, logger),
  consumes: false,
  sends: false,
});
