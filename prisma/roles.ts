import pg from 'pg';

/** The apps that log in to the database, each as its own role `mash_<app>`. */
export const databaseApps = ['ingest', 'matching', 'portal', 'disclosure', 'audit'] as const;
export type DatabaseApp = (typeof databaseApps)[number];

/**
 * Lets the apps' roles log in.
 * @param url connection of a role that may alter roles
 * @param passwordOf the password of each app's role
 */
export async function grantLogins(url: string, passwordOf: (app: DatabaseApp) => string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const app of databaseApps)
      await client.query(
        `ALTER ROLE ${client.escapeIdentifier(`mash_${app}`)} LOGIN PASSWORD ${client.escapeLiteral(passwordOf(app))}`,
      );
  } finally {
    await client.end();
  }
}

/** The same database as an app's role. */
export function urlForApp(ownerUrl: string, app: DatabaseApp, password: string): string {
  const url = new URL(ownerUrl);
  url.username = `mash_${app}`;
  url.password = encodeURIComponent(password);
  return url.href;
}
