export { LedgerError, type LedgerErrorCode } from './errors.js';
export { emptyRoot, HASH_BYTES, leafHash, nodeHash } from './hashing/hash.js';
export { TreeState } from './tree/tree-state.js';
export { verifyConsistency, verifyInclusion } from './tree/checking.js';
export { consistencyProof, inclusionProof } from './tree/proving.js';
export { partialTiles, TILE_WIDTH, tilesFor, tileWidth, type TileLevel, type TileRef } from './tiles/geometry.js';
export { parseTilePath, tilePath } from './tiles/path.js';
export { growTiles, type GrownTile } from './tiles/growing.js';
export { logFiles } from './tiles/log-files.js';
export { decodeEntryBundle, encodeEntryBundle, MAX_ENTRY_BYTES } from './tiles/bundle.js';
export { readTile, tileReader, treeStateAt, type LogReader, type TileReader } from './tiles/reading.js';
export { parseVkey, vkeyOf, type VerifierKey } from './notes/vkey.js';
export { parseNote, signNote, verifyNote, type NoteSignature, type SignedNote } from './notes/note.js';
export {
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  type Checkpoint,
  type TreeHead,
} from './notes/checkpoint.js';
export { formatProof, parseProof, verifyProof, type TlogProof } from './notes/proof-text.js';
export { canonicalEntry, parseEntry, type LedgerEntry, type Party } from './entries/entry.js';
export { commitTo } from './entries/commitment.js';
export { rowProof, rowsRoot, verifyRow } from './entries/rows.js';
export { verifyLog, type VerifyOptions, type VerifyResult } from './verifying/verify-log.js';
export type { Problem } from './verifying/problems.js';
export type { Progress } from './verifying/tile-walk.js';
