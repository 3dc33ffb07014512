// Step 1: is there what we cannot bring ourselves? Java for the broker, and room on the disk.
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './children.mjs';
import { kafkaFolder, root } from './paths.mjs';
import { SetupProblem } from './problem.mjs';

const minimumJava = 17;
const gigabyte = 1024 ** 3;

const howToGetJava =
  'Install one and run the command again: Debian/Ubuntu `sudo apt-get install openjdk-17-jre-headless`, ' +
  'Fedora `sudo dnf install java-17-openjdk-headless`, macOS `brew install openjdk@17`. ' +
  'If it is installed elsewhere, set JAVA_HOME to its folder.';

/** @returns {string} the java program to use */
export function javaCommand() {
  const home = process.env.JAVA_HOME;
  return home && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : 'java';
}

async function checkJava() {
  const { code, output } = await run(javaCommand(), ['-version']);
  if (code === 127) throw new SetupProblem(`Java ${minimumJava} or newer is needed for Apache Kafka. ${howToGetJava}`);
  // `openjdk version "17.0.15"`; Java 8 and older say "1.8.0".
  const found = /version "(?:1\.)?(\d+)/.exec(output);
  if (code !== 0 || !found) throw new SetupProblem(`Java does not start. ${howToGetJava}`, output);
  if (Number(found[1]) < minimumJava) {
    throw new SetupProblem(`Java ${found[1]} is too old: Apache Kafka needs ${minimumJava} or newer. ${howToGetJava}`);
  }
}

async function checkDisk() {
  // Packages and jars take about 1.2 GB; with them in place the hub's own data needs far less.
  const fresh = !existsSync(join(root, 'node_modules', '.package-lock.json')) || !existsSync(kafkaFolder);
  const needed = fresh ? 2 * gigabyte : gigabyte / 2;
  const disk = await statfs(root);
  const free = disk.bavail * disk.bsize;
  if (free < needed) {
    throw new SetupProblem(
      `Only ${(free / gigabyte).toFixed(1)} GB are free on the disk of this folder; ${needed / gigabyte} GB are needed. ` +
        'Make room, or clone the project onto a larger disk, and run the command again.',
    );
  }
}

/** @param {{broker: boolean}} needs whether this command starts a Kafka broker */
export async function checkTools(needs) {
  await Promise.all([checkDisk(), needs.broker ? checkJava() : undefined]);
}
