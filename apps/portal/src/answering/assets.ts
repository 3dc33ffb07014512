import express, { type RequestHandler } from 'express';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
export const GOVUK = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist');
export const MOJ = dirname(require.resolve('@ministryofjustice/frontend/package.json'));

/** Everybody's own machine has one of these; GDS Transport may be used on gov.uk only. */
const FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif';
const YEAR_MS = 365 * 24 * 60 * 60_000;

/** Addresses that hold the content's hash: kept by browsers for ever, and new when anything changes. */
export interface AssetAddresses {
  css: string;
  scripts: { supported: string; hub: string; govuk: string; moj: string; upload: string };
  /** SHA-384 of the script that seals, as the page's `integrity` */
  integrity: { upload: string };
  icon: string;
}

interface Asset {
  type: string;
  body: Buffer;
  gzip: Buffer;
}

/** The two design systems' compiled files and our own, from memory; the pictures their style sheets name, from disk. */
export function pageAssets(): { serve: RequestHandler; addresses: AssetAddresses } {
  const assets = new Map<string, Asset>();
  const add = (name: string, type: string, text: string): string => {
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
    const [stem, ending] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))];
    assets.set(`/${stem}-${hash}${ending}`, { type, body: Buffer.from(text), gzip: gzipSync(text, { level: 9 }) });
    return `/assets/${stem}-${hash}${ending}`;
  };
  const script = (name: string, text: string) => add(name, 'text/javascript; charset=utf-8', text);
  const govuk = script('govuk.js', readFileSync(join(GOVUK, 'govuk', 'govuk-frontend.min.js'), 'utf8'));
  const moj = script('moj.js', readFileSync(join(MOJ, 'moj', 'moj-frontend.min.js'), 'utf8'));
  const upload = sealingScript();
  const addresses: AssetAddresses = {
    css: add('hub.css', 'text/css; charset=utf-8', styleSheet()),
    scripts: {
      supported: script('supported.js', own('supported.js')),
      hub: script('hub.js', own('hub.js').replace('./govuk.js', govuk).replace('./moj.js', moj)),
      govuk,
      moj,
      upload: script('upload.js', upload),
    },
    integrity: { upload: `sha384-${createHash('sha384').update(upload).digest('base64')}` },
    icon: add('icon.svg', 'image/svg+xml', own('icon.svg')),
  };
  const serve = express.Router();
  serve.use((request, response, next) => {
    const asset = assets.get(request.path);
    if (!asset) return next();
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.setHeader('vary', 'accept-encoding');
    const small = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (small) response.setHeader('content-encoding', 'gzip');
    response.type(asset.type).send(small ? asset.gzip : asset.body);
  });
  const pictures = { index: false, maxAge: YEAR_MS, fallthrough: true } as const;
  // Icons only: the crown and the crests beside them are not ours to show.
  serve.use('/images', (request, response, next) => {
    if (!request.path.startsWith('/icon-')) return void response.status(404).end();
    next();
  });
  serve.use('/images', express.static(join(MOJ, 'moj', 'assets', 'images'), pictures));
  serve.use((_request, response) => void response.status(404).type('text/plain').send('Not found'));
  return { serve, addresses };
}

function own(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** What deploy/setup/browser-bundle.mjs has made; from the sources (tests) it is in the build beside them. */
function sealingScript(): string {
  const places = ['../uploading/browser/bundle.js', '../../../../dist/apps/portal/src/uploading/browser/bundle.js'];
  const file = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  return file ? readFileSync(file, 'utf8') : "throw new Error('The page script was not built: npm run build.');";
}

function styleSheet(): string {
  const sheets = [
    readFileSync(join(GOVUK, 'govuk', 'govuk-frontend.min.css'), 'utf8'),
    readFileSync(join(MOJ, 'moj', 'moj-frontend.min.css'), 'utf8'),
    own('hub.css'),
    own('../cases/cases.css'),
    own('../quality/quality.css'),
    own('../uploading/uploading.css'),
  ];
  return sheets
    .map((sheet) => sheet.replace(/@charset "UTF-8";/g, '').replace(/\/\*# sourceMappingURL=.*?\*\//g, ''))
    .join('\n')
    .replace(/@font-face\{[^}]*GDS Transport[^}]*\}/g, '')
    .replaceAll('url(/assets/images/govuk-crest.svg)', 'none')
    .replace(/"?GDS Transport"?,arial,sans-serif/g, FONTS);
}
