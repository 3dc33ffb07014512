import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanForPeer } from './cleaning.js';
import { runMash } from './engine.js';
import { thin } from './thinning.js';

export interface DataFiles {
  settings: string;
  file: string;
  /** true pairs of ids */
  truth: string;
  /** What Splink is given; the same settings and file where this is not said. */
  peer?: { settings: string; file: string };
}

/** What is wanted of one data set; what is not set has no goal beyond Splink's own figure. */
export interface Goals {
  f1: number;
  precision?: number;
  seconds?: number;
  fastSeconds?: number;
  peakMb?: number;
  /** enough candidates for the rate not to be that of starting threads */
  rate?: number;
}

export interface DataSet {
  name: string;
  goals: Goals;
  runs: number;
  /** lies beside the project, not in it */
  needsShared: boolean;
  /** Has the files there. @param work a folder of its own for what has to be made */
  files(work: string): Promise<DataFiles>;
}

const shared = join(process.cwd(), '..', 'shared');
export const sharedData = join(shared, 'data');
export const peerScript = join(shared, 'peers', 'splink_link.py');
const RATE = 3_000_000;
const SEED = 20261101;

export const DATA_SETS: DataSet[] = [
  given('febrl3', 'febrl', { f1: 1 }),
  given('fake_1000', 'fake', { f1: 0.98 }),
  given('fake_20000', 'fake', { f1: 0.96, rate: RATE }),
  given('historical_dev', 'historical', { f1: 0.97, rate: RATE }),
  {
    ...given('historical_dev', 'historical', { f1: 0.93, rate: RATE }),
    name: 'historical_thinned',
    files: async (work) => {
      const from = await given('historical_dev', 'historical', { f1: 0 }).files(work);
      const to = { file: join(work, 'records.csv'), truth: join(work, 'links.csv') };
      mkdirSync(work, { recursive: true });
      thin(from, to, SEED);
      return { settings: from.settings, ...to };
    },
  },
  british('british_200k', 200_000, 3, { f1: 0.97, precision: 0.985, seconds: 4, rate: RATE }),
  british('british_1m', 1_000_000, 1, { f1: 0.96, seconds: 25, fastSeconds: 10, peakMb: 3000, rate: RATE }),
];

function given(name: string, settings: string, goals: Goals): DataSet {
  return {
    name,
    goals,
    runs: 3,
    needsShared: true,
    files: async () => ({
      settings: join(shared, 'peers', `${settings}.json`),
      file: join(sharedData, `${name}.csv`),
      truth: join(sharedData, `${name}_links.csv`),
    }),
  };
}

function british(name: string, records: number, runs: number, goals: Goals): DataSet {
  return {
    name,
    goals,
    runs,
    needsShared: false,
    files: async (work) => {
      await runMash(['generate', '--records', String(records), '--seed', String(SEED), '--out', work]);
      const [file, cleaned] = [join(work, 'records.csv'), join(work, 'records-cleaned.csv')];
      cleanForPeer(file, cleaned);
      return {
        settings: beside('./british-settings.json'),
        file,
        truth: join(work, 'records_links.csv'),
        // Of what was tried the settings with which Splink did best, with the truth in hand: without address, telephone and
        // e-mail, which households share (with all columns it reaches F1 0.78, with these 0.95).
        peer: { settings: beside('./british-splink.json'), file: cleaned },
      };
    },
  };
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
