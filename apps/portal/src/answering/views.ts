import { groupPhone } from '#person';
import type { NestExpressApplication } from '@nestjs/platform-express';
import nunjucks from 'nunjucks';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GOVUK, MOJ } from './assets.js';
import { ago, dateAndTime, longDate, partialDate } from './dates.js';
import { agencyWords, feedWords, roleWords } from './words.js';

/** The folder templates are named from: `queue/queue.njk` stands beside its controller. */
const TEMPLATES = fileURLToPath(new URL('..', import.meta.url));

/** Nunjucks with every value escaped, and the filters pages share. */
export function templates(): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([TEMPLATES, GOVUK, MOJ], { noCache: false, watch: false });
  const environment = new nunjucks.Environment(loader, { autoescape: true, trimBlocks: true, lstripBlocks: true });
  const filters = {
    date: longDate,
    dateTime: dateAndTime,
    ago,
    partialDate,
    phone: groupPhone,
    feed: feedWords,
    role: roleWords,
    agency: agencyWords,
    bits: signedBits,
    percent: (share: number) => (share > 0.999 ? 'over 99.9%' : `${Math.round(share * 1000) / 10}%`),
    number: (value: number) => new Intl.NumberFormat('en-GB').format(value),
  };
  for (const [name, filter] of Object.entries(filters))
    environment.addFilter(name, filter as (...args: unknown[]) => unknown);
  return environment;
}

/** "+12.3", "−4.0", "0.0": a true minus sign, and none for what rounds to nothing. */
function signedBits(weight: number): string {
  const size = Math.abs(weight).toFixed(1);
  if (size === '0.0') return size;
  return `${weight < 0 ? '−' : '+'}${size}`;
}

/** Makes `render` find the pages' templates. */
export function useViews(app: NestExpressApplication): void {
  templates().express(app.getHttpAdapter().getInstance() as object);
  app.getHttpAdapter().getInstance().set('views', join(TEMPLATES));
}
