import { HubError } from '#contracts';
import { open } from 'node:fs/promises';
import { cannotRead } from './file-text.js';

export type FileKind = 'csv' | 'xlsx' | 'ndjson';

/**
 * What kind of file it is: by its name, held against its first bytes (systems name anything .csv or .xls).
 * @throws HubError `usage` saying how to save it as one that can be read
 */
export async function fileKind(file: string): Promise<FileKind> {
  const start = await firstBytes(file);
  const refuse = (words: string) => new HubError('usage', `${file}: ${words}`);
  if (start.readUInt32BE(0) === 0xd0cf11e0)
    throw refuse(
      'an old Excel file (.xls), or a workbook with a password. Open it in Excel and save it as .xlsx without a password, or as "CSV UTF-8".',
    );
  const zipped = start.readUInt32BE(0) === 0x504b0304;
  if (/\.(ndjson|jsonl)$/i.test(file)) return 'ndjson';
  if (/\.(xlsx|xlsm)$/i.test(file)) {
    if (!zipped)
      throw refuse('not a workbook inside, whatever its name says. Save it again from Excel as .xlsx or "CSV UTF-8".');
    return 'xlsx';
  }
  if (/\.(csv|txt|tsv|psv)$/i.test(file)) {
    if (zipped) return 'xlsx';
    if (/^\s*(?:<!doctype html|<html|<table|<\?xml)/i.test(start.toString('latin1')))
      throw refuse('a web page or XML, not a table. Save it from Excel as .xlsx or "CSV UTF-8".');
    return 'csv';
  }
  throw refuse('give a .csv, .xlsx or .ndjson file.');
}

async function firstBytes(file: string): Promise<Buffer> {
  const start = Buffer.alloc(512);
  try {
    const handle = await open(file);
    try {
      await handle.read(start, 0, start.length, 0);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw cannotRead(file, error);
  }
  return start;
}
