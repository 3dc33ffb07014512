// npm run demo: the hub's whole road on a made-up county, shown step by step.
import pc from 'picocolors';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generateCounty, writeCounty } from '../../apps/connector/src/generating/index.js';
import { exportMatches } from '../../apps/connector/src/exporting/register-matches.js';
import { startHub, type RunningHub } from '../embedded/hub.js';
import { portAsked } from '../embedded/port-asked.js';
import { StartProblem } from '../embedded/problem.js';
import { stopOnSignals, type Stopping } from '../embedded/stopping.js';
import { signIns } from '../identity/sign-ins.js';
import { DEMO_PASSWORD } from '../identity/users.js';
import { SignedIn } from './browser.js';
import { searchForCanaries } from './canaries.js';
import { choose } from './choosing.js';
import { decide } from './deciding.js';
import { HubDatabase } from './hub-database.js';
import { holdMeeting } from './meeting.js';
import { needlesOf } from './needles.js';
import { readOptions, type DemoOptions } from './options.js';
import { Progress } from './progress.js';
import { proveAudit } from './proving.js';
import { holdReview } from './review.js';
import { sendFeeds } from './sending-feeds.js';
import { freshState } from './state.js';
import { faultsOf, tell, type DemoSummary } from './summary.js';
import { readExport, Truth } from './truth.js';
import { until } from './waiting.js';

const STOPPED = 130;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const state = resolve(process.env.HUB_STATE || '.hub');

/** The main job, from feeds to proof. */
async function road(hub: RunningHub, options: DemoOptions, progress: Progress): Promise<DemoSummary> {
  const database = await HubDatabase.open(hub.postgres.url);
  try {
    progress.step(`Making a county of ${options.people.toLocaleString('en-GB')} invented people`);
    const county = generateCounty({ people: options.people, seed: options.seed });
    const folder = join(state, 'county');
    await writeCounty(county, folder);
    const truth = new Truth(county);
    progress.done(
      `${county.feeds.length} files for ${new Set(county.feeds.map(({ agency }) => agency)).size} agencies`,
    );

    progress.step('Every agency seals its files and sends them over Kafka; receipts come back');
    const feeds = await sendFeeds(state, county, folder, progress);
    progress.done(`${feeds.rows.toLocaleString('en-GB')} rows`);

    progress.step('The hub matches records to the people it has cause to hold');
    await until('matching', async () => (await database.uncompared()) === 0, 120);
    const pairs = readExport(await exportMatches(state));
    const judged = truth.judge(pairs);
    const subjects = await database.number('SELECT count(*) FROM matching.subject');
    progress.done(`${judged.proposed} proposed`);

    progress.step('Analysts decide; perpetrators need a second reviewer');
    const reviewers = {
      analyst: await SignedIn.as(hub.web, 'analyst-1'),
      second: await SignedIn.as(hub.web, 'reviewer-1'),
    };
    const chosen = await choose(database, county, pairs, truth);
    const decided = await decide(reviewers, chosen.pairs, truth, database, progress);
    progress.done(`${decided.confirmed} confirmed, ${decided.rejected} rejected`);

    progress.step('A MARAC meeting: consent, packs for each recipient, opened and acknowledged');
    const marac = await holdMeeting(
      state,
      chosen.cases,
      await SignedIn.as(hub.web, 'coordinator-1'),
      database,
      progress,
    );
    progress.done(`${marac.packs} packs`);

    progress.step('A homicide review: histories asked of every agency, one chronology');
    const dhr = await holdReview(state, chosen.review, await SignedIn.as(hub.web, 'panel-1'), database, progress);
    progress.done(`${dhr.events} events`);

    progress.step('The audit log is exported and verified offline');
    const audit = await proveAudit(hub.audit, state);
    progress.done(`${audit.size} entries`);

    progress.step('Looking for person data in clear: Kafka, a dump of the database, the logs');
    const canaries = await searchForCanaries(state, folder, hub.postgres.url, needlesOf(county));
    progress.done(`${canaries.kafka + canaries.postgres + canaries.logs} found`);
    await rm(folder, { recursive: true, force: true });

    const seconds = { setup: Number(process.env.MASH_SETUP_SECONDS ?? 0), run: Math.round(progress.seconds * 10) / 10 };
    return { feeds, matching: { subjects, ...judged, ...decided }, marac, dhr, audit, canaries, seconds };
  } finally {
    await database.close();
  }
}

/** Where to look and as whom, once the road has been walked. */
function invitation(hub: RunningHub): string {
  return [
    '',
    `${pc.bold('Look around')}: ${pc.cyan(hub.web)}`,
    `Sign in as one of these (password ${pc.bold(DEMO_PASSWORD)}):`,
    signIns(),
    '',
    'Ctrl-C ends it. Every person here is invented.',
  ].join('\n');
}

async function main(stopping: Stopping): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const progress = new Progress();
  const aside = freshState(state);
  if (aside) say(`The hub that was in ${state} is kept in ${aside}.`);
  let hub: RunningHub | null = null;
  try {
    progress.step('Starting PostgreSQL, Kafka and the services');
    hub = await startHub({
      state,
      port: portAsked(),
      say: (line) => progress.detail(line),
      unwanted: () => stopping.asked,
    });
    progress.done(hub.web);
    const walking = road(hub, options, progress);
    // Cut short, it fails wherever it stands; that is no news then.
    walking.catch(() => undefined);
    const summary = await Promise.race([walking, stopping.wanted.then(() => null)]);
    if (!summary) return STOPPED;
    if (options.json) await writeFile(options.json, `${JSON.stringify(summary, null, 2)}\n`);
    say(`\n${tell(summary)}`);
    const faults = faultsOf(summary);
    if (faults.length > 0) say(pc.red(`Not as it should be: ${faults.join('; ')}.`));
    if (!options.once) {
      say(invitation(hub));
      await stopping.wanted;
    }
    return faults.length > 0 ? 1 : 0;
  } finally {
    await hub?.stop();
  }
}

const stopping = stopOnSignals(say);
// What is still under way when the hub is taken from under it may fail anywhere.
process.on('uncaughtException', (error) => fail(error));
process.on('unhandledRejection', (error) => fail(error));
try {
  process.exit(await main(stopping));
} catch (error) {
  fail(error);
  process.exit(STOPPED);
}

/** Says in a line what went wrong, unless somebody has asked us to stop: then nothing is wrong. */
function fail(error: unknown): void {
  if (stopping.asked) return;
  const known = error instanceof StartProblem;
  process.stderr.write(`\n${pc.red('✖')} ${error instanceof Error ? error.message : String(error)}\n`);
  if (!known && process.env.DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  if (!known) process.stderr.write(`The services' logs are in ${join(state, 'logs')}.\n`);
  process.exit(1);
}
