import { LedgerError } from '../errors.js';
import { TILE_WIDTH, type TileLevel, type TileRef } from './geometry.js';

/**
 * Path of a tile or bundle (c2sp.org/tlog-tiles):
 *
 *     path  = "tile/" ( level | "entries" ) "/" index [ ".p/" width ]
 *     level = "0" … "63"
 *     index = *( "x" 3DIGIT "/" ) 3DIGIT     ; 1234067 is x001/x234/067
 *     width = "1" … "255"                    ; absent on a full tile
 *
 * `width` 256 (the default) names the full tile. Throws `tile_path_invalid`.
 */
export function tilePath(level: TileLevel, index: number, width: number = TILE_WIDTH): string {
  const levelFits = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= 63);
  const widthFits = Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH;
  if (!levelFits || !widthFits || !Number.isSafeInteger(index) || index < 0) {
    throw new LedgerError('tile_path_invalid', `no tile has level ${level}, index ${index}, width ${width}`);
  }
  return `tile/${level}/${encodeIndex(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** The tile a path names, or null when it is not written exactly as `tilePath` writes it. */
export function parseTilePath(path: string): TileRef | null {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return null;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const index = Number((match[2] ?? '').replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  try {
    return tilePath(level, index, width) === path ? { level, index, width } : null;
  } catch {
    return null;
  }
}

function encodeIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}
