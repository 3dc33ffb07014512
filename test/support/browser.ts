import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where a real Chromium may be; MASH_CHROMIUM names another. */
const PLACES = [process.env.MASH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath = PLACES.find((path) => path && existsSync(path)) ?? null;

/** A real, headless Chromium that talks to this machine only. */
export async function launchBrowser(): Promise<Browser> {
  if (!chromiumPath)
    throw new Error('There is no Chromium: install it (apt-get install chromium) or set MASH_CHROMIUM.');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
