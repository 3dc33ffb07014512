import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { receiptSchema } from '#contracts';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../deploy/demo/waiting.js';
import { FeedingHub, mash, type Ran } from '../support/feeding.js';
import { pythonWith } from '../support/python.js';

// Real: the commands of the document as they stand there, gpg, curl, Python's confluent-kafka, a whole hub.
const DOCUMENT = new URL('../../docs/sending-without-the-connector.md', import.meta.url);
const blocks = (language: string) =>
  [...readFileSync(DOCUMENT, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code]) => code!,
  );

const missing = ['gpg', 'curl'].filter((program) => spawnSync(program, ['--version']).status !== 0);
const withTools = missing.length === 0 ? describe : describe.skip;
const python = missing.length === 0 ? pythonWith('confluent_kafka', 'confluent-kafka==2.16.0') : { missing: 'no gpg' };

withTools(`sending without the connector${missing.length ? ` (skipped: ${missing.join()} not installed)` : ''}`, () => {
  let hub: FeedingHub;
  beforeAll(async () => {
    hub = await FeedingHub.start();
  }, 120_000);
  afterAll(async () => {
    for (const agency of ['ashfield', 'gedling'])
      spawnSync('gpgconf', ['--homedir', join(hub.agency(agency), 'gnupg'), '--kill', 'all']);
    await hub.stop();
  }, 60_000);

  /** Not spawnSync: this process keeps an eye on the hub meanwhile. */
  function run(agency: string, command: string, args: string[], more: NodeJS.ProcessEnv): Promise<Ran> {
    const child = spawn(command, args, { cwd: hub.agency(agency), env: { ...process.env, AGENCY: agency, ...more } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => (out += String(part)));
    child.stderr.on('data', (part) => (err += String(part)));
    return new Promise((resolve, reject) =>
      child.once('close', (code, signal) =>
        code === 0 ? resolve({ code, signal, out, err }) : reject(new Error(`${command} ended with ${code}: ${err}`)),
      ),
    );
  }

  it('gpg seals, curl sends, and gpg opens the receipt the hub signed', async () => {
    await writeFile(join(hub.agency('ashfield'), 'send.sh'), blocks('bash').join('\n'));
    await run('ashfield', 'bash', ['-euo', 'pipefail', 'send.sh'], { HUB_URL: hub.hub.ingest });
    const receipt = receiptSchema.parse(
      JSON.parse(await readFile(join(hub.agency('ashfield'), 'receipt.json'), 'utf8')),
    );
    expect(receipt).toMatchObject({
      status: 'partly',
      accepted: 1,
      quarantined: [{ row: 2, recordRef: 'GPG-2', errors: [{ path: 'person.dateOfBirth' }] }],
    });
    expect(await hub.taken('ashfield', 'arrears')).toMatchObject({ complete: 1, rows: 1, refused: 0 });
    // The same receipt, with its proof in the log, as the connector sees it.
    const seen = await mash('feed', 'receipts', '--dir', hub.agency('ashfield'), '--json', '--wait', '5');
    expect(JSON.parse(seen.out)).toMatchObject([{ submission: receipt.submission, status: 'partly' }]);
  }, 90_000);

  it('sent again, the same bytes have no effect and are answered again', async () => {
    const args = ['--silent', '--cacert', 'ca.crt', '--cert', 'kafka.crt', '--key', 'kafka.key'];
    const again = await run(
      'ashfield',
      'curl',
      [...args, '--data-binary', '@batch.pgp', `${hub.hub.ingest}/v1/feeds`],
      {},
    );
    expect(JSON.parse(again.out)).toMatchObject({ batch: 1 });
    expect(await hub.taken('ashfield', 'arrears')).toMatchObject({ submissions: 1, rows: 1, refused: 0 });
  });

  const itWithPython = 'python' in python ? it : it.skip;
  itWithPython(
    `Python's confluent-kafka sends what gpg sealed, in several batches, and gpg opens the receipts${'missing' in python ? ` (skipped: ${python.missing})` : ''}`,
    async () => {
      const dir = hub.agency('gedling');
      const rows = Array.from({ length: 12_000 }, (_, i) =>
        JSON.stringify({ recordRef: `PY-${i}`, person: { surname: 'Invented' }, tenancyRef: `T-${i}` }),
      );
      await writeFile(join(dir, 'rows.ndjson'), rows.join('\n'));
      const [script, ...others] = blocks('python');
      expect(others).toEqual([]);
      await writeFile(join(dir, 'send.py'), script!);
      const program = 'python' in python ? python.python : '';
      const brokers = hub.hub.kafka.brokers.join();
      const ran = await run('gedling', program, ['send.py', 'rows.ndjson'], { HUB_BROKERS: brokers });
      const receipts = ran.out
        .trim()
        .split('\n')
        .map((line) => receiptSchema.parse(JSON.parse(line)));
      expect(receipts.map(({ batch, status }) => `${batch} ${status}`).sort()).toEqual([
        '1 accepted',
        '2 accepted',
        '3 accepted',
      ]);
      await until('the hub to have it whole', async () => (await hub.taken('gedling', 'housing')).complete === 1, 30);
      expect(await hub.taken('gedling', 'housing')).toMatchObject({ submissions: 1, rows: 12_000, refused: 0 });
    },
    120_000,
  );
});
