import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Admin } from 'kafkajs';
import { Authority, type IdentityFiles } from './certificates.js';
import { launch, type Exit, type Running } from './child.js';
import { connect } from './kafka-client.js';
import { writeKafkaFiles } from './kafka-files.js';
import { javaArguments, javaMissing, kafkaProgram } from './kafka-program.js';
import { openLayout, type StateLayout } from './layout.js';
import { endOf, since } from './log-tail.js';
import { choosePorts, portInUse } from './ports.js';
import { endProcesses, processesOf } from './process-table.js';
import { StartProblem } from './problem.js';

const readyWithin = 120_000;

export interface RunningKafka {
  /** `localhost:<port>`: connect by this name, it stands in the certificate */
  brokers: string[];
  pid: number;
  /** the super user `hub-admin`, for topics and rights */
  admin: IdentityFiles;
  exited: Promise<Exit>;
  stop(): Promise<void>;
  onExit(listener: (exit: Exit) => void): void;
}

/**
 * Starts a real Apache Kafka (KRaft, broker and controller in one process) on 127.0.0.1, mutual TLS only, nothing allowed
 * that no rule allows; its data are in `<state>/kafka`.
 * @param options `ports`: default free ones, remembered; `wait`: whether to wait until it answers (default: yes)
 * @throws StartProblem `java_missing` · `kafka_missing` · `port_in_use` · `disk_full` · `timed_out` · `ended_early`
 */
export async function startKafka(options: {
  state: string;
  ports?: { kafka: number; controller: number };
  wait?: boolean;
}): Promise<RunningKafka> {
  const layout = openLayout(options.state);
  const chosen = options.ports ?? (await choosePorts(layout, ['kafka', 'controller']));
  const ports = { kafka: chosen['kafka']!, controller: chosen['controller']! };
  const authority = await Authority.open(layout);
  const broker = await authority.identity('broker', ['server', 'client']);
  const admin = await authority.identity('hub-admin', ['client']);
  const clusterId = writeKafkaFiles(layout.kafka, ports, broker);
  // A leftover of a killed hub holds the data folder's lock.
  await endProcesses(processesOf(layout.folder, ['kafka']));
  await format(layout, clusterId);

  const brokers = [`localhost:${ports.kafka}`];
  const logs = [join(layout.logs, 'kafka.log'), consoleOf(layout)].map((file) => ({ file, from: endOf(file) }));
  const running = await startBroker(layout);
  const outcome = options.wait === false ? 'ready' : await becomesReady(running, brokers, admin);
  if (outcome !== 'ready') {
    await running.stop();
    throw explain(logs.map(({ file, from }) => since(file, from)).join('\n'), ports, outcome);
  }
  return { brokers, admin, ...running, onExit: (listener) => void running.exited.then(listener) };
}

/** What Java itself prints (not enough memory, wrong version) does not go through the broker's own log. */
const consoleOf = (layout: StateLayout) => join(layout.logs, 'kafka-console.log');

/** Prepares the data folder, once. The mark is set last, so a formatting cut off half-way is done again. */
async function format(layout: StateLayout, clusterId: string): Promise<void> {
  const mark = join(layout.kafka, 'formatted');
  if (existsSync(mark)) return;
  const { java, classPath } = kafkaProgram();
  const main = ['kafka.tools.StorageTool', 'format', '--ignore-formatted', '-t', clusterId, '-c', 'server.properties'];
  const args = javaArguments(layout.folder, classPath, ['-Xmx128m', '-XX:TieredStopAtLevel=1'], main);
  await promisify(execFile)(java, args, { cwd: layout.kafka }).catch(
    (cause: Error & { code?: unknown; stdout?: string; stderr?: string }) => {
      if (cause.code === 'ENOENT') throw javaMissing(cause);
      throw explain(`${cause.stdout ?? ''}\n${cause.stderr ?? ''}`, null, 'ended');
    },
  );
  writeFileSync(mark, '');
}

async function startBroker(layout: StateLayout): Promise<Running> {
  const { java, classPath } = kafkaProgram();
  const args = javaArguments(layout.folder, classPath, ['-Xms256m', '-Xmx512m'], ['kafka.Kafka', 'server.properties']);
  try {
    return await launch({
      command: java,
      args,
      cwd: layout.kafka,
      logFile: consoleOf(layout),
      stopSignal: 'SIGTERM',
      grace: 15_000,
    });
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'ENOENT' ? javaMissing(cause) : cause;
  }
}

/** Waits until the broker answers over TLS and the controller has let it in. */
async function becomesReady(running: Running, brokers: string[], identity: IdentityFiles) {
  let ended = false;
  void running.exited.then(() => (ended = true));
  const deadline = Date.now() + readyWithin;
  while (!ended && Date.now() < deadline) {
    const admin: Admin = connect(brokers, identity, { retries: 0 }).admin();
    try {
      await admin.connect();
      const { brokers: known, controller } = await admin.describeCluster();
      if (known.length > 0 && controller !== null) return 'ready';
    } catch {
      // not yet
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await sleep(100);
  }
  return ended ? 'ended' : 'late';
}

/** The broker's own words, turned into what to do. */
function explain(
  said: string,
  ports: { kafka: number; controller: number } | null,
  outcome: 'ended' | 'late',
): StartProblem {
  const details = said.trim();
  if (/Address already in use/.test(said) && ports) {
    return portInUse(
      'kafka',
      Number(new RegExp(`\\b(${ports.kafka}|${ports.controller})\\b`).exec(said)?.[1] ?? ports.kafka),
    );
  }
  if (/No space left on device/.test(said)) {
    return new StartProblem('disk_full', 'the disk is full: Kafka cannot write its data. Make room and start again.', {
      details,
    });
  }
  if (/UnsupportedClassVersionError/.test(said)) {
    return new StartProblem('java_missing', 'this Java is too old for Apache Kafka: install Java 17 or newer.', {
      details,
    });
  }
  if (/OutOfMemoryError|could not reserve enough space|insufficient memory/i.test(said)) {
    return new StartProblem('ended_early', 'there is not enough memory for Kafka (it needs about 700 MB).', {
      details,
    });
  }
  if (outcome === 'late') {
    return new StartProblem('timed_out', `Kafka was not ready within ${readyWithin / 1000} s. See logs/kafka.log.`, {
      details,
    });
  }
  const reason = /^.*(?:ERROR|FATAL|Exception).*$/m
    .exec(said)?.[0]
    ?.replace(/^\S+ \S+ /, '')
    .slice(0, 200);
  return new StartProblem(
    'ended_early',
    `Kafka ended while starting (see logs/kafka.log)${reason ? `: ${reason}` : ''}.`,
    { details },
  );
}
