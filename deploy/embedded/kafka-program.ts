import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { javaStateMark } from './process-table.js';
import { projectFolder } from './project.js';
import { StartProblem } from './problem.js';

const version = '4.3.1';

/** The Java command, and the class path of a broker: KAFKA_HOME's, or the one set-up fetched. */
export function kafkaProgram(): { java: string; classPath: string } {
  const home = process.env['KAFKA_HOME'];
  const libs = home ? join(home, 'libs') : join(projectFolder, '.setup', `kafka-${version}`, 'libs');
  if (!existsSync(libs)) {
    throw new StartProblem('kafka_missing', `Apache Kafka is not in ${libs}: run \`npm run setup\` to fetch it.`);
  }
  const javaHome = process.env['JAVA_HOME'];
  const own = javaHome ? join(javaHome, 'bin', 'java') : '';
  return { java: own && existsSync(own) ? own : 'java', classPath: join(libs, '*') };
}

/** Words after `java` that run one of Kafka's classes for this state folder. */
export function javaArguments(state: string, classPath: string, options: string[], main: string[]): string[] {
  return [
    ...options,
    // One small broker: less to start and fewer threads than the default collector.
    '-XX:+UseSerialGC',
    '-Djava.awt.headless=true',
    '-Dlog4j2.configurationFile=log4j2.properties',
    javaStateMark(state),
    '-cp',
    classPath,
    ...main,
  ];
}

/** What to tell somebody whose machine has no Java. */
export function javaMissing(cause: unknown): StartProblem {
  return new StartProblem(
    'java_missing',
    'Java 17 or newer is needed for Apache Kafka and was not found. Install it, or set JAVA_HOME.',
    {
      cause,
    },
  );
}
