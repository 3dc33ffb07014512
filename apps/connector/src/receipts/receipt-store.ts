import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Receipt } from '#contracts';
import type { AgencyFolder } from '../agency/agency-folder.js';
import { writeWhole } from '../keeping/write-whole.js';
import type { Positions } from '../sending/kafka.js';
import { openReceiptMessage, type ReceiptKeys } from './open-receipt.js';

/*
 * Receipts in the agency's folder, sealed as they came (they name the agency's record references):
 *
 *   receipts/<when it was signed>-<digest>.pgp   the same bytes always have the same name: two programs that fetch at once write one
 *   receipts/unreadable-<digest>.pgp             did not open, or its proof does not hold; tried again with every call
 *   receipts/position.json                       how far the topic was read
 *   receipts/shown.json                          which were told already
 *
 * Two programs at once may each write position or shown: whichever is last wins, and at worst something is read or told again.
 */

const READABLE = /^\d{8}T\d{6}Z-[0-9a-f]{16}\.pgp$/;
const UNREADABLE = /^unreadable-[0-9a-f]{16}\.pgp$/;
const positionsSchema = z.record(z.string().regex(/^\d+$/), z.string().regex(/^\d+$/));

export interface KeptReceipt {
  /** name of its file */
  name: string;
  signedAt: Date;
  receipt: Receipt;
}

export class ReceiptStore {
  private readonly batches = new Map<string, string>();

  private constructor(
    private readonly dir: string,
    private readonly keys: ReceiptKeys,
  ) {}

  static async open(folder: AgencyFolder): Promise<ReceiptStore> {
    const keys = { agencyKey: await folder.secretKey(), hubKey: await folder.hubKey(), vkey: await folder.logKey() };
    const dir = folder.path('receipts');
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return new ReceiptStore(dir, keys);
  }

  /**
   * Keeps a message as it came.
   * @returns the receipt, or what is wrong with it and where it is kept
   */
  async keep(message: Buffer): Promise<KeptReceipt | { error: unknown; file: string }> {
    const digest = createHash('sha256').update(message).digest('hex').slice(0, 16);
    const aside = join(this.dir, `unreadable-${digest}.pgp`);
    try {
      const { receipt, signedAt } = await openReceiptMessage(message, this.keys);
      const name = `${signedAt.toISOString().replace(/\.\d+|[-:]/g, '')}-${digest}.pgp`;
      if (existsSync(aside)) await rename(aside, join(this.dir, name));
      else if (!existsSync(join(this.dir, name))) await writeWhole(join(this.dir, name), message);
      return { name, signedAt, receipt };
    } catch (error) {
      if (!existsSync(aside)) await writeWhole(aside, message);
      return { error, file: aside };
    }
  }

  /** Tries again those that did not open: the hub's new key may be there by now. */
  async keepAgain(): Promise<void> {
    for (const name of (await readdir(this.dir)).filter((entry) => UNREADABLE.test(entry)))
      await this.keep(await readFile(join(this.dir, name)));
  }

  /** Names of those kept, in the order the hub signed them. */
  async names(): Promise<string[]> {
    return (await readdir(this.dir)).filter((entry) => READABLE.test(entry)).sort();
  }

  /** Opens one that is kept: its signature and proof are verified each time. Null where that no longer holds. */
  async read(name: string): Promise<KeptReceipt | null> {
    const kept = await this.keep(await readFile(join(this.dir, name)));
    return 'error' in kept ? null : kept;
  }

  /** Batches that are answered, as `<submission>/<batch>`. Each receipt is opened for it once. */
  async answered(): Promise<Set<string>> {
    for (const name of await this.names()) {
      if (this.batches.has(name)) continue;
      const receipt = (await this.read(name))?.receipt;
      this.batches.set(name, `${receipt?.submission}/${receipt?.batch}`);
    }
    return new Set(this.batches.values());
  }

  async positions(): Promise<Positions> {
    return positionsSchema.safeParse(await this.json('position.json')).data ?? {};
  }

  async writePositions(positions: Positions): Promise<void> {
    await writeWhole(join(this.dir, 'position.json'), `${JSON.stringify(positions)}\n`);
  }

  async shown(): Promise<Set<string>> {
    return new Set(z.array(z.string()).safeParse(await this.json('shown.json')).data ?? []);
  }

  async addShown(names: string[]): Promise<void> {
    const all = new Set([...(await this.shown()), ...names]);
    await writeWhole(join(this.dir, 'shown.json'), `${JSON.stringify([...all].sort())}\n`);
  }

  private async json(name: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(this.dir, name), 'utf8'));
    } catch {
      // not there yet, or not as it was written: everything is read again, and nothing is lost by that
      return null;
    }
  }
}
