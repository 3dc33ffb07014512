import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAgencies, type AgencyKeyMaterial } from './agencies.js';
import { Authority, type IdentityFiles } from './certificates.js';
import { prepareDatabase } from './database.js';
import { addressOf, apps as allApps, feedsOf, webOf, type App, type HubFacts, type Program } from './environment.js';
import { removeHubFile, writeHubFile, type HubFile } from './hub-file.js';
import { prepareHubKeys } from './hub-keys.js';
import { startKafka, type RunningKafka } from './kafka.js';
import { KeptRunning, type Keepable, type News } from './keep-running.js';
import { openLayout, type StateLayout } from './layout.js';
import { choosePorts, type Ports } from './ports.js';
import { StartProblem } from './problem.js';
import { startPostgres, type RunningPostgres } from './postgres.js';
import { Secrets } from './secrets.js';
import { isBuilt, launchService, startService } from './services.js';
import { lockState } from './state-lock.js';
import { prepareTopics } from './topics.js';

export const hubId = 'development';

export interface HubOptions {
  /** state folder; made when there is none */
  state: string;
  /** of the web pages; default a free one */
  port?: number;
  /** services to run; default all that are built. An empty list: only the database and the broker, ready for use */
  apps?: readonly App[];
  /** asked between the steps of the start: true gives up, and the promise is rejected */
  unwanted?: () => boolean;
  /** told of progress and of deaths, a line each; default nobody */
  say?: (line: string) => void;
}

/** A hub that runs, and everything a demonstration or a test needs of it. */
export interface RunningHub {
  layout: StateLayout;
  hubId: string;
  /** fingerprint of the hub's OpenPGP key, as manifests name it */
  fingerprint: string;
  /** addresses: pages and API, HTTPS for agencies, audit log */
  web: string;
  ingest: string;
  audit: string;
  /** address of one service's own HTTP (health, metrics, internal) */
  addressOf(app: App): string;
  /** `admin`: identity of the super user */
  kafka: { brokers: string[]; admin: IdentityFiles };
  /** as the database's owner */
  postgres: { url: string };
  agencies: AgencyKeyMaterial[];
  secrets: Secrets;
  /** current process ids, by name (services, `identity`, `kafka`, `postgres`) */
  pids(): Record<string, number>;
  /** ends services, broker and database in this order, and gives the state folder back; a second call hurries */
  stop(): Promise<void>;
}

/**
 * Starts a whole hub on one state folder: real PostgreSQL, real Kafka, every service as a process of its own; whatever dies is
 * started again.
 * @throws StartProblem (what to do is in its message); nothing is left running then
 */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const layout = openLayout(options.state);
  const unlock = await lockState(layout);
  const hub = new Hub(layout, unlock, options.say ?? (() => undefined));
  try {
    return await hub.start(options);
  } catch (error) {
    await hub.stop();
    throw error;
  }
}

class Hub {
  private readonly secrets: Secrets;
  /** in the order they are to be ended */
  private readonly services: KeptRunning<Keepable>[] = [];
  private kafka: KeptRunning<RunningKafka> | null = null;
  private postgres: KeptRunning<RunningPostgres> | null = null;
  private ports: Ports = {};
  private complete = false;

  constructor(
    private readonly layout: StateLayout,
    private readonly unlock: () => void,
    private readonly say: (line: string) => void,
  ) {
    this.secrets = new Secrets(layout);
  }

  async start({ port, apps = allApps.filter(isBuilt), unwanted = () => false }: HubOptions): Promise<RunningHub> {
    this.ports = await choosePorts(
      this.layout,
      ['web', 'feeds', 'ingest', 'matching', 'disclosure', 'audit', 'identity', 'kafka', 'controller', 'postgres'],
      port ? { web: port } : {},
    );
    this.say('Starting PostgreSQL and Kafka …');
    const keys = prepareHubKeys(this.layout, hubId);
    const agencies = keys.then(({ publicKeyFile, logKey }) => prepareAgencies(this.layout, publicKeyFile, logKey));
    await together(this.startDatabase(agencies), this.startBroker(), this.prepareIdentities(), agencies);
    const facts: HubFacts = {
      layout: this.layout,
      hubId,
      ports: this.ports,
      secrets: this.secrets,
      brokers: this.kafka!.running.brokers,
      ownerUrl: this.postgres!.running.url,
      ...(await this.prepareIdentities()),
    };
    if (unwanted()) throw new StartProblem('ended_early', 'it was stopped while starting.');
    if (apps.length > 0) this.say(`Starting ${apps.join(', ')} …`);
    const programs: Program[] = [
      ...apps,
      ...(apps.includes('portal') && isBuilt('identity') ? (['identity'] as const) : []),
    ];
    await together(...programs.map((program) => this.startProgram(facts, program)));
    this.complete = true;
    this.publish();
    return this.running(facts, (await keys).fingerprint, await agencies);
  }

  private async startDatabase(agencies: Promise<AgencyKeyMaterial[]>): Promise<void> {
    const start = () => startPostgres({ state: this.layout.folder, port: this.ports['postgres']! });
    this.postgres = await KeptRunning.from('postgres', start, (news) => this.heard(news));
    await prepareDatabase(this.postgres.running.url, this.secrets, agencies);
  }

  private async startBroker(): Promise<void> {
    const ports = { kafka: this.ports['kafka']!, controller: this.ports['controller']! };
    const start = (wait: boolean) => startKafka({ state: this.layout.folder, ports, wait });
    const tell = (news: News) => this.heard(news);
    this.kafka = await KeptRunning.from(
      'kafka',
      () => start(true),
      tell,
      () => start(false),
    );
    await prepareTopics(this.kafka.running);
  }

  /** Certificates of the services, each with its own name at the broker, and of ingest's HTTPS. Those there are kept. */
  private async prepareIdentities(): Promise<Pick<HubFacts, 'identities' | 'server'>> {
    const authority = await Authority.open(this.layout);
    const entries = await Promise.all(
      allApps.map(async (app) => [app, await authority.identity(app, ['client'])] as const),
    );
    return {
      identities: Object.fromEntries(entries) as HubFacts['identities'],
      server: await authority.identity('hub-server', ['server']),
    };
  }

  private async startProgram(facts: HubFacts, program: Program): Promise<void> {
    const kept = await KeptRunning.from(
      program,
      () => startService(facts, program),
      (news) => this.heard(news),
      // Not waiting for its health then: it may be unwell only because the database is being started again, too.
      () => launchService(facts, program),
    );
    this.services.push(kept);
  }

  private heard({ name, event, text }: News): void {
    const line = {
      died: `${name} ended (${text}); starting it again`,
      started: `${name} is back (${text})`,
      failed: `${name}: ${text}`,
    };
    this.say(line[event]);
    appendFileSync(join(this.layout.logs, 'supervisor.log'), `${new Date().toISOString()} ${line[event]}\n`, {
      mode: 0o600,
    });
    if (event === 'started') this.publish();
  }

  private publish(): void {
    if (this.complete) writeHubFile(this.layout, this.hubFile());
  }

  private hubFile(): HubFile {
    const services: HubFile['services'] = {};
    for (const { name, running } of this.services) {
      const address = addressOf({ ports: this.ports }, name as Program);
      services[name] = { pid: running.pid, health: `${address}/health`, metrics: `${address}/metrics` };
    }
    services['kafka'] = { pid: this.kafka!.running.pid };
    services['postgres'] = { pid: this.postgres!.running.pid };
    return {
      web: webOf({ ports: this.ports }),
      ingest: feedsOf({ ports: this.ports }),
      audit: addressOf({ ports: this.ports }, 'audit'),
      kafka: { brokers: this.kafka!.running.brokers },
      postgres: { url: this.postgres!.running.url },
      services,
    };
  }

  private running(facts: HubFacts, fingerprint: string, agencies: AgencyKeyMaterial[]): RunningHub {
    const { web, ingest, audit } = this.hubFile();
    return {
      layout: this.layout,
      hubId,
      fingerprint,
      web,
      ingest,
      audit,
      addressOf: (app) => addressOf(facts, app),
      kafka: { brokers: facts.brokers, admin: this.kafka!.running.admin },
      postgres: { url: facts.ownerUrl },
      agencies,
      secrets: this.secrets,
      pids: () => Object.fromEntries(Object.entries(this.hubFile().services).map(([name, { pid }]) => [name, pid])),
      stop: () => this.stop(),
    };
  }

  /** Services first, while broker and database still answer them. A second call makes the first one quick. */
  async stop(): Promise<void> {
    this.complete = false;
    removeHubFile(this.layout);
    await Promise.all(this.services.map((service) => service.stop()));
    await Promise.all([this.kafka?.stop(), this.postgres?.stop()]);
    this.unlock();
  }
}

/** Waits for all, even when one fails, so that everything that was started is known and can be ended. */
async function together(...work: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
