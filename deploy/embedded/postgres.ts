import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { launch, type Exit, type Running } from './child.js';
import { openLayout, type StateLayout } from './layout.js';
import { endOf, since } from './log-tail.js';
import { choosePorts, portInUse } from './ports.js';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { postgresUser, type PostgresUser } from './postgres-user.js';
import { endProcesses, isAlive, processesOf } from './process-table.js';
import { StartProblem } from './problem.js';
import { Secrets } from './secrets.js';

const owner = 'mash_owner';
const database = 'mash';
/** Recovery after a crash is part of a start, and may take its time on a slow disk. */
const readyWithin = 120_000;

const settings = {
  listen_addresses: '127.0.0.1',
  // A socket's path may have 107 bytes: too short for a state folder deep down.
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '120',
  max_wal_size: '512MB',
  fsync: 'on',
  jit: 'off',
  password_encryption: 'scram-sha-256',
  // Statements and the "Key (…)=(…)" detail of an error hold values: none of them may reach the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length_on_error: '0',
};

export interface RunningPostgres {
  /** of the role that owns the database and may make roles and schemas */
  url: string;
  port: number;
  pid: number;
  exited: Promise<Exit>;
  /** ends it (fast shutdown); a second call hurries */
  stop(): Promise<void>;
  onExit(listener: (exit: Exit) => void): void;
}

/**
 * Starts a real PostgreSQL 18 on 127.0.0.1 with its data in `<state>/postgres`, made on first use. What a crash left is
 * cleaned up; the data are recovered by PostgreSQL itself.
 * @param options `port`: default a free one, remembered
 * @throws StartProblem `port_in_use` · `disk_full` · `not_reachable` · `timed_out` · `ended_early`
 */
export async function startPostgres(options: { state: string; port?: number }): Promise<RunningPostgres> {
  const layout = openLayout(options.state);
  const secrets = new Secrets(layout);
  const port = options.port ?? (await choosePorts(layout, ['postgres']))['postgres']!;
  const programs = await postgresBinaries();
  const user = postgresUser(layout.postgres, programs.postgres);
  if (!existsSync(join(layout.postgres, 'PG_VERSION'))) await initialise(layout, programs, user, secrets);
  await clearLeftovers(layout);
  const running = await startServer(layout, programs, user, port, secrets.get('postgres'));
  return {
    ...running,
    port,
    url: `postgresql://${owner}:${secrets.get('postgres')}@127.0.0.1:${port}/${database}`,
    onExit: (listener) => void running.exited.then(listener),
  };
}

/** Makes the data folder under another name first, so that one cut off half-way is never taken for whole. */
async function initialise(layout: StateLayout, programs: PostgresBinaries, user: PostgresUser, secrets: Secrets) {
  const partial = `${layout.postgres}.new`;
  const passwordFile = join(layout.folder, 'postgres.password');
  rmSync(partial, { recursive: true, force: true });
  rmSync(layout.postgres, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, secrets.get('postgres'), { mode: 0o600 });
  user.own(partial);
  user.own(passwordFile);
  try {
    const [command, ...args] = [
      ...user.prefix,
      programs.initdb,
      ...['-D', partial, '-U', owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--locale=C', '--encoding=UTF8', '--no-instructions'],
    ] as [string, ...string[]];
    await promisify(execFile)(command, args, { uid: user.uid, gid: user.gid, cwd: '/', env: plainEnvironment() }).catch(
      ({ stdout = '', stderr = '', message = '' }: { stdout?: string; stderr?: string; message?: string }) => {
        throw explain(`${stdout}\n${stderr}\n${message}`, 'PostgreSQL could not be set up');
      },
    );
    renameSync(partial, layout.postgres);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Ends a server that a killed hub left on these data, and forgets a lock whose process id is now another program's. */
async function clearLeftovers(layout: StateLayout): Promise<void> {
  const pidFile = join(layout.postgres, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (processesOf(layout.folder, ['postgres']).includes(pid)) await endProcesses([pid]);
  else if (isAlive(pid)) rmSync(pidFile, { force: true });
}

async function startServer(
  layout: StateLayout,
  programs: PostgresBinaries,
  user: PostgresUser,
  port: number,
  password: string,
): Promise<Running> {
  const logFile = join(layout.logs, 'postgres.log');
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, ...args] = [
    ...user.prefix,
    programs.postgres,
    '-D',
    layout.postgres,
    '-p',
    String(port),
    ...given,
  ] as [string, ...string[]];
  const deadline = Date.now() + readyWithin;
  for (;;) {
    const from = endOf(logFile);
    const running = await launch({
      command,
      args,
      cwd: '/',
      env: plainEnvironment(),
      ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.gid }),
      logFile,
      stopSignal: 'SIGINT',
      grace: 15_000,
    });
    const outcome = await becomesReady(running, port, password, deadline);
    if (outcome === 'ready') return running;
    await running.stop();
    const said = since(logFile, from);
    // A killed server's last children may take a moment to notice; they hold its memory until then.
    if (/shared memory block .* still in use|lock file .* already exists/.test(said) && Date.now() < deadline) {
      await sleep(200);
      continue;
    }
    if (/Address already in use/.test(said)) throw portInUse('postgres', port);
    if (outcome === 'late') {
      throw new StartProblem('timed_out', `PostgreSQL was not ready within ${readyWithin / 1000} s. See ${logFile}.`);
    }
    throw explain(said, `PostgreSQL ended while starting (see ${logFile})`);
  }
}

/** Waits until the database answers, creating it the first time. */
async function becomesReady(running: Running, port: number, password: string, deadline: number) {
  let ended = false;
  void running.exited.then(() => (ended = true));
  while (!ended && Date.now() < deadline) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: owner, password, database: 'postgres' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (!rowCount) await client.query(`CREATE DATABASE ${database}`);
      return 'ready';
    } catch {
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return ended ? 'ended' : 'late';
}

/** Without the caller's PG… variables, which would change what the server and we do; messages in English, to be read here. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function explain(output: string, otherwise: string): StartProblem {
  const details = output.trim();
  if (/No space left on device/.test(output)) {
    return new StartProblem(
      'disk_full',
      'the disk is full: PostgreSQL cannot write its data. Make room and start again.',
      { details },
    );
  }
  if (/incompatible with server|not compatible/.test(output)) {
    return new StartProblem(
      'state_unreadable',
      'the data are of another PostgreSQL version: restore a backup into a new HUB_STATE.',
      {
        details,
      },
    );
  }
  const reason = /(?:FATAL|PANIC|error):\s+(.*)/.exec(output)?.[1];
  return new StartProblem('ended_early', `${otherwise}${reason ? `: ${reason}` : ''}.`, { details });
}
