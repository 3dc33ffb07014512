import { LedgerError } from '../errors.js';

/** The longest entry a bundle can hold: its length is a uint16. */
export const MAX_ENTRY_BYTES = 65_535;

/**
 * A bundle of entries (c2sp.org/tlog-tiles, "Log entries"): `bundle = *( uint16-big-endian-length entry )`.
 * Throws `entry_too_large`.
 */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new LedgerError('entry_too_large', `an entry has ${entry.length} bytes`);
    const length = Buffer.allocUnsafe(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** The `width` entries of a bundle. Throws `bundle_malformed` when it holds fewer, more, or part of one. */
export function decodeEntryBundle(bytes: Uint8Array, width: number): Buffer[] {
  const { entries, fault } = splitBundle(bytes, width);
  if (fault) throw new LedgerError('bundle_malformed', fault);
  return entries;
}

/** As many entries as can be read, at most `width`, and what is wrong with the rest (null when nothing is). */
export function splitBundle(bytes: Uint8Array, width: number): { entries: Buffer[]; fault: string | null } {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Buffer[] = [];
  let at = 0;
  while (at < all.length && entries.length < width) {
    if (at + 2 > all.length) return { entries, fault: faultOf(entries, width, 'and then breaks off') };
    const end = at + 2 + all.readUInt16BE(at);
    if (end > all.length) return { entries, fault: faultOf(entries, width, 'and then breaks off') };
    entries.push(all.subarray(at + 2, end));
    at = end;
  }
  if (entries.length < width) return { entries, fault: faultOf(entries, width, 'and ends') };
  if (at < all.length) return { entries, fault: `goes on for ${all.length - at} bytes after its ${width} entries` };
  return { entries, fault: null };
}

/** The bytes of a bundle's first `width` entries: what its partial bundle of that width was. */
export function firstEntries(bytes: Uint8Array, width: number): Uint8Array {
  const { entries } = splitBundle(bytes, width);
  return bytes.subarray(
    0,
    entries.reduce((length, entry) => length + 2 + entry.length, 0),
  );
}

function faultOf(entries: readonly Buffer[], width: number, end: string): string {
  return `holds ${entries.length} whole entries where ${width} belong, ${end}`;
}
