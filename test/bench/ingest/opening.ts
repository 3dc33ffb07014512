import { randomBytes } from 'node:crypto';
import { decrypt, readMessage, type PrivateKey, type PublicKey } from 'openpgp';
import { openMessage, sealMessage, type RegisteredKey } from '#crypto';
import { median, type Figure } from '../measure.js';

const SMALL_BYTES = 2_000;
const LARGE_BYTES = 10 * 1024 * 1024;
const RUNS = 3;

export interface OpeningKeys {
  hubKey: PrivateKey;
  hubPublic: PublicKey;
  signer: PrivateKey;
  signers: RegisteredKey[];
}

/** How fast messages are opened on one core, held against OpenPGP.js alone (decrypting and verifying, with none of our rules). */
export async function openingFigures(keys: OpeningKeys): Promise<Figure[]> {
  const small = await sealedOf(keys, SMALL_BYTES);
  const large = await sealedOf(keys, LARGE_BYTES);
  const megabytes = LARGE_BYTES / 2 ** 20;
  return [
    await figure(keys, small, 200, { name: 'opening small messages', unit: 'messages/s', goal: 450, scale: 1 }),
    await figure(keys, large, 3, { name: 'opening large messages', unit: 'MB/s', goal: 60, scale: megabytes }),
  ];
}

async function sealedOf({ hubPublic, signer }: OpeningKeys, size: number): Promise<Uint8Array> {
  return sealMessage({ payload: Buffer.from(randomBytes(size / 2).toString('hex')), recipients: [hubPublic], signer });
}

async function figure(
  keys: OpeningKeys,
  message: Uint8Array,
  times: number,
  { name, unit, goal, scale }: { name: string; unit: string; goal: number; scale: number },
): Promise<Figure> {
  const [ours, alone]: [number[], number[]] = [[], []];
  await ourWay(keys, message);
  await libraryAlone(keys, message);
  for (let run = 0; run < RUNS; run++) {
    ours.push((await rate(times, () => ourWay(keys, message))) * scale);
    alone.push((await rate(times, () => libraryAlone(keys, message))) * scale);
  }
  const [value, reference] = [Math.round(median(ours)), Math.round(median(alone))];
  return {
    name,
    value,
    unit,
    goal,
    ok: value >= goal,
    reference: { what: 'OpenPGP.js alone', value: reference },
    ratio: value / reference,
    runs: RUNS,
  };
}

/** Per second of this process's processor time: other programs on the machine do not count. */
async function rate(times: number, act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < times; n++) await act();
  const { user, system } = process.cpuUsage(before);
  return (times * 1e6) / (user + system);
}

async function ourWay({ hubKey, signers }: OpeningKeys, message: Uint8Array): Promise<void> {
  const opened = await openMessage({ message, decryptionKeys: [hubKey], now: new Date(), signers });
  if (!opened.ok) throw new Error(`a message of the bench does not open: ${opened.code}`);
}

async function libraryAlone({ hubKey, signers }: OpeningKeys, message: Uint8Array): Promise<void> {
  await decrypt({
    message: await readMessage({ binaryMessage: message }),
    decryptionKeys: hubKey,
    verificationKeys: signers.map(({ publicKey }) => publicKey),
    expectSigned: true,
    format: 'binary',
  });
}
