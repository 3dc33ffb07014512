/**
 * A one-dimensional PostgreSQL array in its binary form, as one parameter. Thousands of values sent one by one are written as
 * hexadecimal text, joined, and parsed again on the other side: for a row that cost more than sealing it (docs/adr/0014).
 *
 *   array = dimensions[4] flags[4] elementType[4] length[4] lowerBound[4] *element   ; no dimensions and no elements where it is empty
 *   element = size[4] octets                                                        ; size -1: null
 *
 * Source: PostgreSQL 18, src/backend/utils/adt/arrayfuncs.c, array_recv. All integers big-endian.
 */
function binaryArray(elementType: number, items: readonly (Buffer | null)[]): Buffer {
  if (items.length === 0) return header(elementType, 0, false);
  const head = header(elementType, items.length, items.includes(null));
  let size = head.length;
  for (const item of items) size += 4 + (item?.length ?? 0);
  const whole = Buffer.allocUnsafe(size);
  let at = head.copy(whole);
  for (const item of items) {
    at = whole.writeInt32BE(item ? item.length : -1, at);
    if (item) at += item.copy(whole, at);
  }
  return whole;
}

function header(elementType: number, length: number, nulls: boolean): Buffer {
  const bytes = Buffer.alloc(length === 0 ? 12 : 20);
  bytes.writeInt32BE(length === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(nulls ? 1 : 0, 4);
  bytes.writeInt32BE(elementType, 8);
  if (length > 0) {
    bytes.writeInt32BE(length, 12);
    bytes.writeInt32BE(1, 16);
  }
  return bytes;
}

/** Object ids of the types in pg_type: the same in every PostgreSQL. */
const BYTEA = 17;
const TEXT = 25;
const UUID = 2950;

/** For `::bytea[]`. */
export const byteas = (items: readonly (Buffer | null)[]): Buffer => binaryArray(BYTEA, items);
/** For `::text[]`. */
export const texts = (items: readonly string[]): Buffer =>
  binaryArray(
    TEXT,
    items.map((item) => Buffer.from(item, 'utf8')),
  );
/** For `::uuid[]`. */
export const uuids = (items: readonly (string | null)[]): Buffer =>
  binaryArray(
    UUID,
    items.map((item) => (item === null ? null : Buffer.from(item.replaceAll('-', ''), 'hex'))),
  );
