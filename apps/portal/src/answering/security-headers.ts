import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { PortalConfig } from '../config.js';

/** No inline script or style, nothing from elsewhere, no framing; pages are never kept by a browser or a proxy. */
export function securityHeaders(config: PortalConfig): RequestHandler[] {
  const https = config.PUBLIC_URL.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        // Signing out posts here and is sent on to the identity provider.
        formAction: ["'self'", new URL(config.OIDC_ISSUER).origin],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  const fresh: RequestHandler = (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    next();
  };
  return [headers as RequestHandler, fresh];
}
