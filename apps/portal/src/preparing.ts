import { Database } from '#platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pageAssets } from './answering/assets.js';
import { pageLocals } from './answering/page-locals.js';
import { securityHeaders } from './answering/security-headers.js';
import { useViews } from './answering/views.js';
import type { PortalConfig } from './config.js';
import { refuseForgedRequests } from './signing-in/csrf.js';
import { signInLimit } from './signing-in/sign-in-limit.js';
import { sessions } from './signing-in/sessions.js';

/** What every request goes through before a controller, in this order. */
export function preparePortal(app: NestExpressApplication, config: PortalConfig): void {
  if (config.PUBLIC_URL.startsWith('https:')) app.set('trust proxy', 1);
  app.set('etag', false);
  const assets = pageAssets();
  app.use(securityHeaders(config));
  app.use('/assets', assets.serve);
  app.use('/sign-in', signInLimit());
  app.useBodyParser('json', { limit: '256kb' });
  app.useBodyParser('urlencoded', { extended: true, limit: '256kb' });
  app.use(sessions(app.get(Database), config));
  app.use(refuseForgedRequests);
  app.use(pageLocals(config, assets.addresses));
  useViews(app);
}
