/**
 * The outline of an OpenPGP packet sequence: tags and body sizes, nothing decoded. It costs a few reads a packet, so a
 * hostile message is refused before any parser or key touches it. RFC 9580 section 4.2:
 *
 *   sequence  = 1*packet
 *   packet    = openpgp / legacy
 *   openpgp   = (0xC0 | tag)             *( partial ) length body        ; tag 0..63
 *   partial   = 0xE0..0xFE               2^(octet & 0x1F) body octets    ; data packets only
 *   length    = 0x00..0xBF               ; one octet
 *             / 0xC0..0xDF octet         ; ((first - 192) << 8) + second + 192
 *             / 0xFF 4octet              ; big-endian
 *   legacy    = (0x80 | tag << 2 | type) length body                    ; tag 0..15
 *             ; type 0: 1 octet · 1: 2 octets · 2: 4 octets · 3: to the end of the input
 */
export interface OutlinedPacket {
  tag: number;
  /** First octet of the body in the input; with partial lengths, of its first part. */
  start: number;
  /** Octets of body, without the length octets between parts. */
  size: number;
}

export const TAG = {
  publicKeySessionKey: 1,
  signature: 2,
  passwordSessionKey: 3,
  onePassSignature: 4,
  compressed: 8,
  encryptedUnprotected: 9,
  marker: 10,
  literal: 11,
  encryptedProtected: 18,
  padding: 21,
} as const;

/** Compressed, encrypted (old, protected, AEAD draft) and literal data: the only packets that may come in parts. */
const DATA_TAGS = new Set([8, 9, 11, 18, 20]);

/** The octets are not a sequence of packets. */
export class NotPackets extends Error {}

/** Yields the packets in order. @throws NotPackets at the first octet that breaks the grammar, truncation included */
export function* packetOutline(bytes: Uint8Array): Generator<OutlinedPacket> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const take = (octets: number): number => {
    const from = at;
    if (octets > view.byteLength - at) throw new NotPackets();
    at += octets;
    return from;
  };
  const legacyLength = (type: number): number => {
    if (type === 0) return view.getUint8(take(1));
    if (type === 1) return view.getUint16(take(2));
    if (type === 2) return view.getUint32(take(4));
    return view.byteLength - at;
  };
  const length = (): { size: number; partial: boolean } => {
    const first = view.getUint8(take(1));
    if (first < 192) return { size: first, partial: false };
    if (first < 224) return { size: ((first - 192) << 8) + view.getUint8(take(1)) + 192, partial: false };
    if (first === 255) return { size: view.getUint32(take(4)), partial: false };
    return { size: 2 ** (first & 0x1f), partial: true };
  };

  while (at < view.byteLength) {
    const header = view.getUint8(take(1));
    if (!(header & 0x80)) throw new NotPackets();
    if (!(header & 0x40)) {
      const size = legacyLength(header & 0x03);
      yield { tag: (header >> 2) & 0x0f, start: take(size), size };
      continue;
    }
    const tag = header & 0x3f;
    let part = length();
    const start = take(part.size);
    let size = part.size;
    while (part.partial) {
      if (!DATA_TAGS.has(tag)) throw new NotPackets();
      part = length();
      take(part.size);
      size += part.size;
    }
    yield { tag, start, size };
  }
}
