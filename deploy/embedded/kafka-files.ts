import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readIdentity, type IdentityFiles } from './certificates.js';
import { writePrivately } from './layout.js';

const megabyte = 1024 * 1024;

/** What a feed's value may have (1 MiB), and room for key, headers and the batch's own framing. */
export const feedMessageBytes = megabyte + 32 * 1024;
const brokerMessageBytes = 8 * megabyte;

/**
 * The broker's settings. Every path is relative to `<state>/kafka`, where it is started: commas and letters outside Latin-1
 * mean something else in a Java properties file.
 */
function serverProperties(ports: { kafka: number; controller: number }): Record<string, string | number> {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    listeners: `CLIENTS://127.0.0.1:${ports.kafka},CONTROLLER://127.0.0.1:${ports.controller}`,
    // Clients connect by a name that stands in the broker's certificate.
    'advertised.listeners': `CLIENTS://localhost:${ports.kafka},CONTROLLER://127.0.0.1:${ports.controller}`,
    'listener.security.protocol.map': 'CLIENTS:SSL,CONTROLLER:SSL',
    'inter.broker.listener.name': 'CLIENTS',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': 'data',

    'ssl.client.auth': 'required',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': 'broker.pem',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': 'ca.pem',
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

    // After a crash the controller lets the broker in again only when its former session has run out: 9 s by default.
    'broker.session.timeout.ms': 1500,
    'broker.heartbeat.interval.ms': 300,

    'log.retention.hours': 168,
    'log.segment.bytes': 64 * megabyte,
    'log.index.size.max.bytes': megabyte,
    'log.cleaner.dedupe.buffer.size': 16 * megabyte,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
  };
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

/** Writes settings, logging and TLS files for the broker. @returns the cluster's id, made once */
export function writeKafkaFiles(
  folder: string,
  ports: { kafka: number; controller: number },
  broker: IdentityFiles,
): string {
  const properties = Object.entries(serverProperties(ports)).map(([name, value]) => `${name}=${String(value)}`);
  writeFileSync(join(folder, 'server.properties'), `${properties.join('\n')}\n`);
  writeFileSync(join(folder, 'log4j2.properties'), logging);
  const { cert, key, ca } = readIdentity(broker);
  writePrivately(join(folder, 'broker.pem'), `${key}${cert}`);
  writePrivately(join(folder, 'ca.pem'), ca);

  const idFile = join(folder, 'cluster-id');
  if (!existsSync(idFile)) {
    // Kafka's ids are 16 bytes in URL-safe base64 and may not start with a hyphen.
    const id = randomBytes(16);
    id[0] = id[0]! & 0x7f;
    writePrivately(idFile, id.toString('base64url'));
  }
  return readFileSync(idFile, 'utf8');
}
