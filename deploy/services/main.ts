// npm start: the five services on the PostgreSQL and Kafka that the environment names. For one machine; in production each runs by itself
// (deploy/compose.yaml). A variable for one service only is written MASH_<SERVICE>_<NAME>, for example MASH_INGEST_DATABASE_URL.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const services = ['audit', 'ingest', 'matching', 'portal', 'disclosure'] as const;
const folder = join(fileURLToPath(import.meta.url), '..', '..', '..', 'apps');

/** What a service gets: everything, with its own variables in place of the common ones and nobody else's. */
function environmentFor(service: string, all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = `MASH_${service.toUpperCase()}_`;
  const common = Object.entries(all).filter(
    ([name]) => !services.some((other) => name.startsWith(`MASH_${other.toUpperCase()}_`)),
  );
  const special = Object.entries(all).flatMap(([name, value]) =>
    name.startsWith(own) ? [[name.slice(own.length), value]] : [],
  );
  return Object.fromEntries([...common, ...special]) as NodeJS.ProcessEnv;
}

function run(): void {
  const missing = services.filter((service) => !environmentFor(service, process.env).DATABASE_URL);
  if (missing.length > 0) {
    process.stderr.write(
      `No database for ${missing.join(', ')}: set DATABASE_URL, or MASH_<SERVICE>_DATABASE_URL for each.\n` +
        'Every variable is listed in deploy/compose.yaml. To try the hub without any of this: npm start -- --embedded\n',
    );
    process.exit(2);
  }
  const running: ChildProcess[] = services.map((service) =>
    spawn(process.execPath, [join(folder, service, 'src', 'main.js')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: environmentFor(service, process.env),
    }),
  );
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    for (const child of running) child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  let code = 0;
  let left = running.length;
  for (const [index, child] of running.entries())
    child.on('exit', (status) => {
      if (!ending) {
        process.stderr.write(`${services[index]} ended (${status}); ending the others. Its log is above.\n`);
        code = 1;
        end();
      }
      if (--left === 0) process.exit(code);
    });
}

run();
