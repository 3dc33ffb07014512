import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateKey } from 'openpgp';
import { generateAgencyKey, generateHubKey, type GeneratedHubKey, type GeneratedKey } from './generate.js';
import { openMessage } from './open.js';
import { readRegisteredKey, readSecretKey, type RegisteredKey } from './read-keys.js';
import { sealMessage } from './seal.js';

const installed = spawnSync('gpg', ['--version']).status === 0;
const describeWithGpg = installed ? describe : describe.skip;

// Real: gpg as installed, its agent, our keys. The name says why it is skipped where gpg is not installed.
describeWithGpg(`GnuPG, a foreign client${installed ? '' : ' (skipped: gpg is not installed)'}`, () => {
  const payload = Buffer.from(Array.from({ length: 2000 }, (_, i) => `{"recordRef":"R-${i}"}\r\n`).join(''));
  let home: string;
  let hub: GeneratedHubKey;
  let opening: PrivateKey;
  let agency: GeneratedKey;
  let signer: RegisteredKey;

  const gpg = (args: string[], input?: Uint8Array): Buffer =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--trust-model', 'always', ...args], {
      ...(input ? { input } : {}),
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 16 * 1024 * 1024,
    });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'gh-')); // short: the agent's socket path has 108 octets at most
    hub = await generateHubKey({ hubId: 'test' });
    opening = await readSecretKey(hub.openingKeyArmored);
    agency = await generateAgencyKey({ agency: 'ashfield', name: 'Ashfield test council' });
    signer = await readRegisteredKey('ashfield', agency.publicKeyArmored);
    gpg(['--import'], Buffer.from(hub.publicKeyArmored));
    gpg(['--import'], Buffer.from(agency.privateKeyArmored));
  });

  afterAll(() => {
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  });

  const open = (message: Uint8Array, signers = [signer]) =>
    openMessage({ message, decryptionKeys: [opening], now: new Date(), signers });
  const to = () => ['--recipient', hub.fingerprint];
  const as = () => ['--local-user', agency.fingerprint];

  it.each([['--armor'], ['--no-armor'], ['--compress-level=0']])(
    'what gpg signs and encrypts (%s) opens here',
    async (option) => {
      const result = await open(gpg([option, ...to(), ...as(), '--sign', '--encrypt'], payload));
      expect(result).toMatchObject({ ok: true, signer: { fingerprint: agency.fingerprint } });
      expect(result.ok && Buffer.from(result.payload).equals(payload)).toBe(true);
    },
  );

  it('what gpg signs with a key of its own opens here once that is registered', async () => {
    gpg(['--passphrase', '', '--quick-generate-key', 'Own key', 'future-default', 'default', '1y']);
    const own = await readRegisteredKey('gedling', gpg(['--armor', '--export', 'Own key']).toString());
    const message = gpg([...to(), '--local-user', own.fingerprint, '--sign', '--encrypt'], payload);
    expect(await open(message, [own])).toMatchObject({ ok: true, signer: { agency: 'gedling' } });
    expect(await open(message)).toEqual({ ok: false, code: 'unknown_signer' });
  });

  it('what gpg encrypts to a hidden recipient and to itself as well opens here', async () => {
    const recipients = ['--hidden-recipient', hub.fingerprint, '--recipient', agency.fingerprint];
    expect(await open(gpg([...recipients, ...as(), '--sign', '--encrypt'], payload))).toMatchObject({ ok: true });
  });

  it('what gpg only encrypts, only signs or encrypts to a password is refused', async () => {
    expect(await open(gpg([...to(), '--encrypt'], payload))).toEqual({ ok: false, code: 'unsigned' });
    for (const how of ['--sign', '--clear-sign']) {
      expect(await open(gpg([...as(), how], payload))).toEqual({ ok: false, code: 'not_encrypted_to_hub' });
    }
    const symmetric = ['--pinentry-mode', 'loopback', '--passphrase', 'hunter2', ...as(), '--sign', '--symmetric'];
    expect(await open(gpg(symmetric, payload))).toEqual({ ok: false, code: 'not_encrypted_to_hub' });
  });

  it.each([[true], [false]])('what the hub seals (armour %s) opens in gpg, with a good signature', async (armor) => {
    const message = await sealMessage({
      payload,
      recipients: [agency.publicKeyArmored],
      signer: hub.packsKeyArmored,
      armor,
    });
    const file = join(home, 'message');
    const out = join(home, 'payload');
    writeFileSync(file, message);
    const status = gpg(['--status-fd', '1', '--yes', '--output', out, '--decrypt', file]).toString();
    expect(status).toContain(`GOODSIG`);
    expect(status).toMatch(new RegExp(`VALIDSIG .* ${hub.fingerprint}$`, 'm'));
    expect(readFileSync(out).equals(payload)).toBe(true);
  });
});
