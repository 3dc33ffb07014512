import { databasePassword, type App } from './environment.js';
import type { AgencyKeyMaterial } from './agencies.js';
import type { Secrets } from './secrets.js';

/**
 * Brings the database's tables up to date and fills the register with the development agencies and their keys.
 * @param ownerUrl the database as its owner
 */
export async function prepareDatabase(
  ownerUrl: string,
  secrets: Secrets,
  agencies: Promise<AgencyKeyMaterial[]>,
): Promise<void> {
  // Loaded when needed: Prisma's schema engine takes memory that the rest of this process has no use for.
  const { migrate } = await import('../../prisma/migrate.js');
  await migrate(ownerUrl);
  const { grantLogins } = await import('../../prisma/roles.js');
  await grantLogins(ownerUrl, (app: App) => databasePassword(secrets, app));
  const { seed } = await import('../../prisma/seed.js');
  const keys = (await agencies).map(({ id, fingerprint, publicKeyArmored }) => ({
    agency: id,
    fingerprint,
    publicKey: publicKeyArmored,
  }));
  await seed(ownerUrl, keys);
}
