/** Stages as the line knows them; bit i of the state's first number says that stage i has ended (of writing: begun). */
export const STAGES = ['read', 'prepare', 'block', 'train', 'score', 'cluster', 'write'] as const;

/** Places of the state that both threads see. */
export const DONE = 1;
export const STOPPED = 2;
export const DRAWING = 3;
export const STATE = 4;

/** Back to the line's beginning, and the rest of it gone. */
export const CLEARED = '\r\u001b[K';

export interface TickerData {
  state: Int32Array;
  fd: number;
}

/** Learning has no word: it begins before the search for candidates and ends after it. */
const ENDED = ['', 'prepared', 'candidates found', '', 'scored', 'clustered'];

/** What the line says. In: the stages that have ended, how much is read in thousandths, milliseconds since the start. */
export function progressLine(ended: number, read: number, milliseconds: number): string {
  const seconds = `${Math.floor(milliseconds / 1000)} s`;
  const has = (stage: (typeof STAGES)[number]): boolean => (ended & (1 << STAGES.indexOf(stage))) !== 0;
  if (has('write')) return `writing · ${seconds}`;
  if (!has('read')) return `reading ${Math.floor(read / 10)}% · ${seconds}`;
  const steps = ENDED.filter((word, stage) => word !== '' && (ended & (1 << stage)) !== 0);
  return ['linking', ...steps, seconds].join(' · ');
}
