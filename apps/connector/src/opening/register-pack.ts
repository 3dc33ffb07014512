import { HubError, topics } from '#contracts';
import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AgencyFolder } from '../agency/agency-folder.js';
import { readTopic, sendToTopic } from '../sending/kafka.js';
import { say } from '../telling.js';
import { acknowledge } from './acknowledge.js';
import { openPack, type OpenedPack } from './open-pack.js';
import { keepSealed, readSealed, sealedPacks, writeOpened } from './pack-files.js';
import { packSummary } from './pack-summary.js';

interface PackOptions {
  dir: string;
  out?: string;
  key?: string;
  kafka?: boolean;
  wait: string;
  json?: boolean;
}

/** How packs come and acknowledgements go: Kafka, or what a test gives. */
export interface PackPost {
  fetch(folder: AgencyFolder, idleMs: number, onMessage: (value: Buffer) => Promise<void>): Promise<void>;
  send(folder: AgencyFolder, key: string, value: Buffer): Promise<void>;
}

const overKafka: PackPost = {
  fetch: (folder, idleMs, onMessage) =>
    readTopic(folder, topics.disclosures(folder.agency), 'disclosures', onMessage, idleMs),
  send: (folder, key, value) => sendToTopic(folder, topics.acks(folder.agency), [{ key, value }]),
};

/** `mash pack …`: for recipients: fetch, open, acknowledge. */
export function registerPack(program: Command, post: PackPost = overKafka): void {
  const pack = program.command('pack').description('fetch, open and acknowledge packs');
  const common = (command: Command) =>
    command
      .option('--dir <folder>', "the agency's folder (mash agency init)", '.')
      .option(
        '--key <vkey>',
        "the audit log's verifier key: a file, or its text (default: log.vkey in the agency's folder)",
      )
      .option('--json', 'print the outcome as JSON');

  common(pack.command('list').description('packs received so far; with --kafka, fetch new ones first'))
    .option('--kafka', 'fetch from the hub')
    .option('--wait <seconds>', 'how long to wait for more', '5')
    .action(async (options: PackOptions) => {
      const folder = await AgencyFolder.open(options.dir);
      if (options.kafka) await fetchPacks(folder, options, post);
      const listed: object[] = [];
      const lines: string[] = [];
      for (const file of await sealedPacks(folder.dir)) {
        const opened = await openFile(folder, file, options.key).catch((error: unknown) => refusal(error));
        listed.push('refused' in opened ? { file, ...opened } : { file, ...told(opened) });
        lines.push('refused' in opened ? `${file}: refused (${opened.refused})` : `${file}: ${packSummary(opened)[0]}`);
      }
      say(options.json, listed, lines.length > 0 ? lines : ['No packs yet. Fetch them with: mash pack list --kafka']);
    });

  common(pack.command('open <file>').description('verify a pack and open it; nothing is printed of what it says'))
    .option('--out <folder>', 'write pack and PDF here, readable by you alone')
    .action(async (file: string, options: PackOptions) => {
      const opened = await openFile(await AgencyFolder.open(options.dir), file, options.key);
      const files = options.out ? await writeOpened(options.out, opened) : [];
      const hint = options.out ? `Written: ${files.join(', ')}` : 'Add --out <folder> to write the pack and its PDF.';
      say(options.json, { ...told(opened), files }, [...packSummary(opened), hint]);
    });

  common(pack.command('ack <file>').description('tell the hub that a pack was opened')).action(
    async (file: string, options: PackOptions) => {
      const folder = await AgencyFolder.open(options.dir);
      const opened = await openFile(folder, file, options.key);
      await post.send(folder, opened.pack.id, await acknowledge(opened, folder.agency, await folder.secretKey()));
      say(options.json, { pack: opened.pack.id, acknowledged: true }, [`Acknowledged pack ${opened.pack.id}.`]);
    },
  );
}

/** Keeps what has come as it came, sealed; also what cannot be opened: the broker hands it out once. @returns how many packs */
async function fetchPacks(folder: AgencyFolder, options: PackOptions, post: PackPost): Promise<number> {
  // Asked for first: without the log's key nothing may be taken off the topic.
  const vkey = await verifierKey(folder, options.key);
  let count = 0;
  await post.fetch(folder, Number(options.wait) * 1000, async (value) => {
    const opened = await open(folder, value, vkey).catch((error: unknown) => refusal(error));
    if (!('refused' in opened)) {
      await keepSealed(folder.dir, opened.pack.id, value);
      count += 1;
      return;
    }
    const name = `unopened-${createHash('sha256').update(value).digest('hex').slice(0, 16)}`;
    process.stderr.write(
      `A message was refused (${opened.refused}); kept as ${await keepSealed(folder.dir, name, value)}.\n`,
    );
  });
  return count;
}

async function openFile(folder: AgencyFolder, file: string, key?: string): Promise<OpenedPack> {
  return open(folder, await readSealed(file), key);
}

async function open(folder: AgencyFolder, message: Uint8Array, key?: string): Promise<OpenedPack> {
  const vkey = await verifierKey(folder, key);
  return openPack(message, {
    agencyKey: await folder.secretKey(),
    hubKeys: [await folder.hubKey()],
    vkey,
    agency: folder.agency,
  });
}

async function verifierKey(folder: AgencyFolder, given?: string): Promise<string> {
  const text =
    given === undefined ? await folder.logKey() : /\+[0-9a-f]{8}\+/.test(given) ? given : await readFile(given, 'utf8');
  if (text) return text.trim();
  throw new HubError(
    'usage',
    "The audit log's key is missing: put log.vkey into the agency's folder, or give --key. Without it nothing is proved.",
  );
}

/** What may be printed for programs: ids and counts; the pack itself goes to files only. */
function told({ pack, pdf, audit, sha256, signedAt }: OpenedPack) {
  const { id, purpose, recipient, meeting, review, createdAt, policy, cases, chronology } = pack;
  return {
    id,
    purpose,
    recipient,
    ...(meeting ? { meeting } : {}),
    ...(review ? { review } : {}),
    createdAt,
    signedAt: signedAt.toISOString(),
    policy,
    cases: cases.map(({ number, people, withheld }) => ({
      number,
      people: people.length,
      items: people.reduce((sum, { items }) => sum + items.length, 0),
      withheld,
    })),
    ...(chronology ? { events: chronology.length } : {}),
    audit: { index: audit.index, size: audit.size, origin: audit.origin },
    sha256,
    pdf: pdf !== null,
  };
}

function refusal(error: unknown): { refused: string } {
  if (error instanceof HubError && error.code !== 'usage') return { refused: error.code };
  throw error;
}
