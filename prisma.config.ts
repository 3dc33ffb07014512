import { defineConfig } from 'prisma/config';

/** Used by the Prisma command line only; the services build their own connection in libs/platform. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/mash' },
});
