import { sign, verify, type KeyObject } from 'node:crypto';
import { LedgerError } from '../errors.js';
import { decodeBase64 } from '../text/strict.js';
import { isName, keyId, requireName, type VerifierKey } from './vkey.js';

// More than the 16 signatures a verifier must take, few enough that a hostile note costs nothing.
const MAX_SIGNATURES = 100;
const MAX_NOTE_LENGTH = 1_000_000;

/** One signature line; `keyId` has 4 bytes. */
export interface NoteSignature {
  name: string;
  keyId: Buffer;
  signature: Buffer;
}

/** A text and who claims to have signed it. Nothing here is verified. */
export interface SignedNote {
  /** The signed text, with its final newline. */
  text: string;
  signatures: NoteSignature[];
}

/**
 * Parses a signed note (c2sp.org/signed-note, "Format"):
 *
 *     note = text LF 1*( U+2014 SP name SP base64( keyID[4] ‖ signature ) LF )
 *
 * The text ends with a newline and may hold empty lines: the last empty line divides. Throws `note_malformed`.
 */
export function parseNote(note: string): SignedNote {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (note.length > MAX_NOTE_LENGTH || !note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) {
    throw new LedgerError('note_malformed', 'a signed note is short UTF-8 text without control characters');
  }
  const divide = note.lastIndexOf('\n\n');
  const block = note.slice(divide + 2);
  if (divide < 0 || block === '' || !block.endsWith('\n')) {
    throw new LedgerError('note_malformed', 'a signed note ends with an empty line and its signature lines');
  }
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new LedgerError('note_malformed', 'the note has too many signatures');
  return { text: note.slice(0, divide + 1), signatures: lines.map(parseSignatureLine) };
}

/** Signs a text (ending in a newline) as `name` with an Ed25519 key; gives the whole note. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  if (!text.endsWith('\n')) throw new LedgerError('note_malformed', 'the text of a note ends with a newline');
  const id = keyId(requireName(name), privateKey);
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/**
 * Checks that the key signed the note; other keys' signatures are ignored, as the standard asks.
 * Throws `checkpoint_unsigned` when the key's signature is not there, `signature_invalid` when it is wrong.
 */
export function verifyNote(note: SignedNote, key: VerifierKey): void {
  const own = note.signatures.filter((line) => line.name === key.name && line.keyId.equals(key.keyId));
  if (own.length === 0)
    throw new LedgerError('checkpoint_unsigned', `not signed by the key of ${key.name} that was given`);
  const text = Buffer.from(note.text);
  if (!own.every((line) => verify(null, text, key.publicKey, line.signature))) {
    throw new LedgerError('signature_invalid', 'the signature does not fit the text: one of them was changed');
  }
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ');
  const bytes = decodeBase64(encoded ?? '');
  if (dash !== '—' || !name || !isName(name) || !bytes || bytes.length < 5 || more.length > 0) {
    throw new LedgerError('note_malformed', 'a signature line is an em dash, a key name and base64');
  }
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
