// Step 3: the real Apache Kafka, as jars: through Maven where it is, from the Apache site's archive where it is not.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStopping, run } from './children.mjs';
import { kafkaFolder, kafkaVersion, root } from './paths.mjs';
import { SetupProblem, Stopped } from './problem.mjs';
import { clearStamp, hashOf, isDone, writeStamp } from './stamps.mjs';

const stamp = 'kafka';
const inputs = () => hashOf(['deploy/kafka/pom.xml']) + kafkaVersion;
const partial = `${kafkaFolder}.partial`;
const archive = `kafka_2.13-${kafkaVersion}`;
const sites = ['https://downloads.apache.org/kafka', 'https://archive.apache.org/dist/kafka'];

function isBroker(folder) {
  return existsSync(folder) && readdirSync(folder).some((name) => /^kafka-server-\d.*\.jar$/.test(name));
}

/** Whether a broker is there: one named by KAFKA_HOME, or ours. */
export function kafkaReady() {
  const home = process.env.KAFKA_HOME;
  if (home) {
    if (isBroker(join(home, 'libs'))) return true;
    throw new SetupProblem(
      `KAFKA_HOME is set, but ${join(home, 'libs')} holds no Kafka broker (4.x). Correct it, or unset it to have one fetched.`,
    );
  }
  return isDone(stamp, inputs()) && isBroker(join(kafkaFolder, 'libs'));
}

async function throughMaven() {
  // A copy of the pom: Maven writes beside it, and two checkouts may share a read-only source.
  copyFileSync(join(root, 'deploy', 'kafka', 'pom.xml'), join(partial, 'pom.xml'));
  return run(
    'mvn',
    [
      '-q',
      '-B',
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(partial, 'libs')}`,
    ],
    { cwd: partial },
  );
}

async function download(address) {
  const abort = new globalThis.AbortController();
  const watch = setInterval(() => isStopping() && abort.abort(), 200);
  try {
    const answer = await fetch(address, { signal: abort.signal });
    if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    if (isStopping()) throw new Stopped();
    throw new Error(`${address}: ${error.cause?.message ?? error.message}`, { cause: error });
  } finally {
    clearInterval(watch);
  }
}

/** The archive's published digest looks like `name.tgz: 3A8F 11 …`, over several lines. */
function digestIn(text) {
  return text
    .slice(text.indexOf(':') + 1)
    .replace(/[^0-9a-f]/gi, '')
    .toLowerCase();
}

async function fromArchive() {
  const failures = [];
  for (const site of sites) {
    try {
      const address = `${site}/${kafkaVersion}/${archive}.tgz`;
      const published = digestIn((await download(`${address}.sha512`)).toString('utf8'));
      const bytes = await download(address);
      if (createHash('sha512').update(bytes).digest('hex') !== published) throw new Error(`${address}: wrong SHA-512`);
      writeFileSync(join(partial, 'kafka.tgz'), bytes);
      const { code, output } = await run('tar', ['-xzf', 'kafka.tgz', `${archive}/libs`], { cwd: partial });
      if (code !== 0) throw new Error(output);
      rmSync(join(partial, 'libs'), { recursive: true, force: true });
      renameSync(join(partial, archive, 'libs'), join(partial, 'libs'));
      return { code: 0, output: '' };
    } catch (error) {
      if (error instanceof Stopped) throw error;
      failures.push(error.message);
    }
  }
  return { code: 1, output: failures.join('\n') };
}

export async function fetchKafka() {
  clearStamp(stamp);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const maven = await throughMaven();
  const done = maven.code === 0 ? maven : await fromArchive();
  if (done.code !== 0 || !isBroker(join(partial, 'libs'))) {
    throw new SetupProblem(
      `Apache Kafka ${kafkaVersion} could not be fetched, neither from Maven's repository` +
        `${maven.code === 127 ? ' (Maven is not installed)' : ''} nor from the Apache site. Check the network and run the ` +
        `command again; or unpack Kafka ${kafkaVersion} yourself and set KAFKA_HOME to its folder.`,
      `mvn: ${maven.output}\n\narchive: ${done.output}`,
    );
  }
  rmSync(kafkaFolder, { recursive: true, force: true });
  rmSync(join(partial, 'kafka.tgz'), { force: true });
  renameSync(partial, kafkaFolder);
  writeStamp(stamp, inputs());
}

/** For messages: how much there is to fetch. */
export const kafkaSize = '45 MB';
