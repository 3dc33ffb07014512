import { NotPackets } from './packet-outline.js';

/**
 * The one way to write a version 3 session key packet (RFC 9580 section 5.1):
 *
 *   body  = %x03 keyId[8] algorithm encrypted
 *   RSA, algorithm 1:    encrypted = mpi
 *   ECDH, algorithm 18:  encrypted = mpi size wrapped[size]      ; the mpi is a point: %x40 u[32] on Curve25519
 *   X25519, algorithm 25: encrypted = u[32] …
 *   mpi   = bits[2] magnitude                                    ; bits counts from the highest bit that is set
 *
 * These octets stand outside the integrity protection, and readers are lenient: they round `bits` up to whole octets,
 * and X25519 ignores the top bit of `u` (RFC 7748 section 5). Only the exact form is let through, so that a message
 * cannot be changed at all without being refused. Other versions and algorithms are left to the parser.
 */
const ALGORITHM_AT = 9;
const RSA = 1;
const ECDH = 18;
const X25519 = 25;
const COORDINATE_BYTES = 32;
const NATIVE_POINT = 0x40;

/** @throws NotPackets where the packet is written another way */
export function requireExactSessionKey(body: Uint8Array): void {
  const algorithm = body[ALGORITHM_AT];
  const encrypted = body.subarray(ALGORITHM_AT + 1);
  if (body[0] !== 3) return;
  if (algorithm === X25519) requireClearTopBit(encrypted.subarray(0, COORDINATE_BYTES));
  if (algorithm !== RSA && algorithm !== ECDH) return;

  const bits = ((encrypted[0] ?? 0) << 8) | (encrypted[1] ?? 0);
  const magnitude = encrypted.subarray(2, 2 + Math.ceil(bits / 8));
  const [first] = magnitude;
  if (!first || bits !== magnitude.length * 8 - Math.clz32(first) + 24) throw new NotPackets();
  if (algorithm === ECDH && first === NATIVE_POINT && magnitude.length === 1 + COORDINATE_BYTES) {
    requireClearTopBit(magnitude.subarray(1));
  }
}

/** The coordinate is little-endian: its top bit is in its last octet. */
function requireClearTopBit(coordinate: Uint8Array): void {
  if ((coordinate.at(-1) ?? 0) & 0x80) throw new NotPackets();
}
