/**
 * The connector for a council's own Node program: `import { check, seal, send } from '@mash-hub/connector'`.
 * The same checks and the same sealing as `mash feed …`, without a terminal. Errors are HubErrors: their `code` and
 * `message` are for people and carry no person data.
 */
import { isHubError, type FeedMapping, type FeedName, type HubError } from '#contracts';
import { checkFile, type CheckedFile } from './checking/check-file.js';
import type { TellableProblem } from './checking/problem-groups.js';
import { AgencyFolder } from './agency/agency-folder.js';
import { sealFile } from './sealing/seal-file.js';
import { sendFile } from './sending/send-file.js';
import { wayOf } from './sending/ways.js';

export { isHubError };
export { readMapping, saveMapping } from './mapping/mapping-file.js';
export type { CheckedFile, FeedMapping, FeedName, HubError, TellableProblem };

/** How a file is read. */
export interface Reading {
  /** the kind of data: `housing`, `arrears`, `asb`, `homelessness`, `dv-service`, `marac-referral`, `agency-history` */
  feed: FeedName;
  /** a .csv, .xlsx or .ndjson file */
  file: string;
  /** `full` (default) replaces what the hub has of the feed, `delta` adds to it */
  mode?: 'full' | 'delta';
  /** which sheet of a workbook */
  sheet?: string;
  /** which number of 01/02/2026 is the day, where the columns do not show it */
  dates?: 'day-first' | 'month-first';
}

export interface Check extends Reading {
  /** how columns are read; guessed from headings and values when not given */
  mapping?: FeedMapping;
  /** told of every problem as it is found; only the first thousand are in the outcome one by one */
  onProblem?: (problem: TellableProblem) => void;
}

/**
 * Holds a file against its feed as the hub will. Nothing leaves, and memory stays flat however long the file is.
 * @returns counts, problems by column and kind, how the columns were read; `lines` is empty
 * @throws HubError `usage` for a file that cannot be read; `invalid_row` where a field every row needs is in no column;
 *   `too_compressed` for a workbook that unpacks beyond measure
 */
export function check({ feed, file, ...options }: Check): Promise<CheckedFile> {
  return checkFile(feed, file, { ...options, keepLines: false });
}

export interface Sealing extends Reading {
  /** the agency's folder (`mash agency init`): keys, certificates, how to reach the hub */
  dir: string;
  /** a saved mapping (`mash feed check --save-mapping`, or `saveMapping`) */
  mappingFile?: string;
  /** the file is meant to hold no rows, which ends all earlier ones of the feed */
  empty?: boolean;
}

export interface Sealed {
  submission: string;
  rows: number;
  confidentialDropped: number;
  /** each an OpenPGP message, encrypted to the hub and signed by the agency; to be sent in any order */
  batches: { batch: number; rows: number; message: Buffer }[];
}

/**
 * Checks a file and seals it into batches, for a program that sends them its own way. Rows with problems are sealed too:
 * the hub's receipt names them. Confidential addresses are left out.
 * @throws HubError as `check`; also `usage` where the folder lacks a key, or there is nothing to send
 */
export async function seal(request: Sealing): Promise<Sealed> {
  const { checked, sealed } = await sealFile(request.file, optionsOf(request));
  return {
    submission: sealed.submission,
    rows: sealed.rows,
    confidentialDropped: checked.confidentialDropped,
    batches: sealed.batches,
  };
}

export interface Sending extends Sealing {
  /** `kafka` (default) or `https` */
  over?: 'kafka' | 'https';
  /** how long to try again when the hub cannot be reached, in seconds; default 60 */
  retrySeconds?: number;
  /** told of what goes on, a line each; no person data */
  onNews?: (line: string) => void;
}

export interface Sent {
  /** what `mash feed receipts` will name it */
  submission: string;
  batches: number;
  rows: number;
  confidentialDropped: number;
  /** an earlier call had begun it and was cut */
  resumed: boolean;
}

/**
 * Checks, seals and sends a file. Cut at any point, the same call goes on where it stopped; done, it is forgotten.
 * @throws HubError as `seal`; `busy` where another program sends the same feed from this folder
 */
export async function send(request: Sending): Promise<Sent> {
  const folder = await AgencyFolder.open(request.dir);
  const way = wayOf(folder, request.over === 'https');
  try {
    const sent = await sendFile({
      folder,
      file: request.file,
      options: optionsOf(request),
      way,
      retryForMs: (request.retrySeconds ?? 60) * 1000,
      ...(request.onNews ? { onNews: request.onNews } : {}),
    });
    sent.finish();
    const { submission, batches, rows, confidentialDropped } = sent.state;
    return { submission, batches: batches.length, rows, confidentialDropped, resumed: sent.resumed };
  } finally {
    await way.close();
  }
}

function optionsOf({ feed, mode, dir, mappingFile, sheet, dates, empty }: Sealing) {
  return {
    feed,
    dir,
    mode: mode ?? ('full' as const),
    json: true,
    ...(mappingFile === undefined ? {} : { mapping: mappingFile }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(dates === undefined ? {} : { dates }),
    ...(empty === undefined ? {} : { empty }),
  };
}
