import { HubError } from '#contracts';
import * as yauzl from 'yauzl';

/** A workbook has some dozens of parts; thousands are an attack or a mistake. */
const MAX_PARTS = 5_000;
/** The largest sheet Excel can hold is about this when written out. */
const MAX_PART_BYTES = 4 * 1024 ** 3;
/** Sheets shrink 10 to 30 times. A bomb shrinks a thousand times; small parts are let be. */
const MAX_RATIO = 200;
const RATIO_FROM_BYTES = 32 * 1024 ** 2;

/** The zip archive a workbook is, with limits on what it unpacks to. */
export class Archive {
  private constructor(
    private readonly file: string,
    private readonly zip: yauzl.ZipFile,
    private readonly parts: Map<string, yauzl.Entry>,
  ) {}

  /** @throws HubError `usage` for what is no archive, `too_compressed` for a bomb */
  static async open(file: string): Promise<Archive> {
    const parts = new Map<string, yauzl.Entry>();
    const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
      yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, opened) => {
        if (error || !opened) return reject(broken(file, error));
        const fail = (reason: unknown) => {
          opened.close();
          reject(reason instanceof HubError ? reason : broken(file, reason));
        };
        opened.on('error', fail);
        opened.on('end', () => resolve(opened));
        opened.on('entry', (entry: yauzl.Entry) => {
          if (parts.size >= MAX_PARTS) return fail(tooLarge(file));
          if ((entry.generalPurposeBitFlag & 1) !== 0)
            return fail(new HubError('usage', `${file} has a password. Save it without one.`));
          parts.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry);
          opened.readEntry();
        });
        opened.readEntry();
      });
    });
    return new Archive(file, zip, parts);
  }

  has(name: string): boolean {
    return this.parts.has(name.toLowerCase());
  }

  size(name: string): number {
    return this.parts.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** A part, unpacked piece by piece. @throws HubError `too_compressed` as soon as it grows beyond all measure */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.parts.get(name.toLowerCase());
    if (!entry) throw broken(this.file);
    if (entry.uncompressedSize > MAX_PART_BYTES) throw tooLarge(this.file);
    const stream = await new Promise<NodeJS.ReadableStream & { destroy(): void }>((resolve, reject) =>
      this.zip.openReadStream(entry, (error, opened) =>
        error || !opened ? reject(broken(this.file, error)) : resolve(opened as never),
      ),
    );
    let bytes = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > MAX_PART_BYTES || (bytes > RATIO_FROM_BYTES && bytes > entry.compressedSize * MAX_RATIO))
          throw tooLarge(this.file);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof HubError ? error : broken(this.file, error);
    } finally {
      stream.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

function tooLarge(file: string): HubError {
  return new HubError(
    'too_compressed',
    `${file} unpacks to far more than a workbook of rows can be, so it was not read on.`,
  );
}

export function broken(file: string, cause?: unknown): HubError {
  return new HubError(
    'usage',
    `${file} is not a whole workbook. Open it in Excel, save it again as .xlsx, and try again.`,
    { cause },
  );
}
