import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIdentity, type IdentityFiles } from './certificates.js';
import { writePrivately } from './layout.js';

const megabyte = 1024 * 1024;

/** What a feed's value may have (1 MiB), and room for key, headers and the batch's own framing. */
export const feedMessageBytes = megabyte + 32 * 1024;
const brokerMessageBytes = 8 * megabyte;

/** Where the broker listens, by which name it is called, and where its files are. */
export interface BrokerPlace {
  listen: string;
  name: string;
  ports: { kafka: number; controller: number };
  /** put before the names of key and certificate files */
  files: string;
  data: string;
}

/** The broker's settings, for one process that is broker and controller: mutual TLS only, what no rule allows is refused. */
export function serverProperties({ listen, name, ports, files, data }: BrokerPlace): string {
  const controller = `127.0.0.1:${ports.controller}`;
  const settings: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${controller}`,
    listeners: `CLIENTS://${listen}:${ports.kafka},CONTROLLER://${controller}`,
    // Clients connect by a name that stands in the broker's certificate.
    'advertised.listeners': `CLIENTS://${name}:${ports.kafka},CONTROLLER://${controller}`,
    'listener.security.protocol.map': 'CLIENTS:SSL,CONTROLLER:SSL',
    'inter.broker.listener.name': 'CLIENTS',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data,

    'ssl.client.auth': 'required',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': `${files}broker.pem`,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': `${files}ca.pem`,
    'ssl.enabled.protocols': 'TLSv1.3,TLSv1.2',
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:hub-admin;User:broker',
    'allow.everyone.if.no.acl.found': 'false',
    'auto.create.topics.enable': 'false',

    'message.max.bytes': brokerMessageBytes,
    'replica.fetch.max.bytes': brokerMessageBytes,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // A consumer that was killed is noticed soon, not after the half minute of a big cluster.
    'group.min.session.timeout.ms': 1000,

    // After a crash the controller lets the broker in again only when its former session has run out (9 s by default);
    // much shorter, and a busy machine would lose its only broker for a moment.
    'broker.session.timeout.ms': 2500,
    'broker.heartbeat.interval.ms': 500,

    'log.retention.hours': 168,
    'log.segment.bytes': 64 * megabyte,
    'log.index.size.max.bytes': megabyte,
    'log.cleaner.dedupe.buffer.size': 16 * megabyte,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
  };
  return Object.entries(settings)
    .map(([setting, value]) => `${setting}=${String(value)}\n`)
    .join('');
}

const logging = `status = error
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = ../logs/kafka.log
appender.file.filePattern = ../logs/kafka.log.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{ISO8601} %p %c{1}: %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 20MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 1
rootLogger.level = warn
rootLogger.appenderRef.file.ref = file
# An agency that is refused is told so; every refused poll in the log as well would fill the disk.
logger.authorizer.name = kafka.authorizer.logger
logger.authorizer.level = error
`;

/** Writes key, certificate and authority in the form Kafka reads. */
export function writeBrokerPems(folder: string, broker: IdentityFiles): void {
  const { cert, key, ca } = readIdentity(broker);
  writePrivately(join(folder, 'broker.pem'), `${key}${cert}`);
  writePrivately(join(folder, 'ca.pem'), ca);
}

/**
 * Writes settings, logging and TLS files for the embedded broker. Its paths are relative to the folder, where it is started:
 * commas and letters outside Latin-1 mean something else in a Java properties file.
 * @returns the cluster's id, made once
 */
export function writeKafkaFiles(folder: string, ports: BrokerPlace['ports'], broker: IdentityFiles): string {
  const place = { listen: '127.0.0.1', name: 'localhost', ports, files: '', data: 'data' };
  writeFileSync(join(folder, 'server.properties'), serverProperties(place));
  writeFileSync(join(folder, 'log4j2.properties'), logging);
  writeBrokerPems(folder, broker);

  const idFile = join(folder, 'cluster-id');
  if (!existsSync(idFile)) {
    // Kafka's ids are 16 bytes in URL-safe base64 and may not start with a hyphen.
    const id = randomBytes(16);
    id[0] = id[0]! & 0x7f;
    writePrivately(idFile, id.toString('base64url'));
  }
  return readFileSync(idFile, 'utf8');
}
