// The development identity provider: `dist/deploy/identity/main.js`. Never for real people.
import { readFileSync } from 'node:fs';
import { createIdentityServer } from './server.js';
import { demoUsers, type DemoUser } from './users.js';

function needed(name: string): string {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`The identity provider needs ${name}.\n`);
  process.exit(1);
}

if (process.env.MASH_EMBEDDED !== '1') {
  process.stderr.write(
    'The development identity provider has one known password: it runs in embedded mode only (MASH_EMBEDDED=1).\n',
  );
  process.exit(1);
}

const users = process.env.USERS_FILE
  ? (JSON.parse(readFileSync(process.env.USERS_FILE, 'utf8')) as DemoUser[])
  : demoUsers;
const server = createIdentityServer({
  issuer: needed('ISSUER'),
  clientId: needed('CLIENT_ID'),
  clientSecret: needed('CLIENT_SECRET'),
  redirectUri: needed('REDIRECT_URI'),
  users,
});
const end = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.once('disconnect', end);
server.listen(Number(needed('PORT')), process.env.HOST ?? '127.0.0.1');
