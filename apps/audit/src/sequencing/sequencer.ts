import { isHubError } from '#contracts';
import { describeError } from '#platform';
import type { Logger } from 'pino';
import { openLog } from '../checking/open-log.js';
import type { LogFolder } from '../publishing/log-folder.js';
import { publish, show } from '../publishing/publish.js';
import { AlarmClock } from './alarm-clock.js';
import { LogRepository } from './log.repository.js';
import { ROUND, Sealer, type LogSigner, type SealedRound } from './sealer.js';
import { entriesSealed, entriesUnreadable, logSize, sequencing } from './sealing-metrics.js';
import { SequencerSession } from './session.js';

const IDLE_MS = 200;
// Under steady load entries are gathered this long, so that a checkpoint and its files are not written for each one.
const GATHER_MS = 50;
const STAND_BY_MS = 250;
const RETRY_MS = 1_000;

export interface SequencerOptions {
  /** of the role mash_audit */
  databaseUrl: string;
  folder: LogFolder;
  signer: LogSigner;
  log: Logger;
  /** called when the log, taken over after the start, does not agree with itself: nothing is sealed any more */
  onFatal(error: Error): void;
}

/**
 * Seals entries, one round after another, as long as it holds the lock; else stands by to take over. Whatever fails ends
 * the term: session, lock and tip are dropped, and the next term begins with the whole check.
 */
export class Sequencer {
  private readonly clock = new AlarmClock();
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: SequencerOptions) {}

  /**
   * Returns once it seals, or stands by because another does.
   * @throws HubError `integrity` when database, checkpoint and files disagree, saying where
   */
  async start(): Promise<void> {
    const started = Promise.withResolvers<void>();
    this.loop = this.run(started);
    await started.promise;
  }

  /** Ends after the round in flight. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.clock.ring();
    await this.loop;
  }

  private async run(started: PromiseWithResolvers<void>): Promise<void> {
    let running = false;
    const onRunning = () => {
      running = true;
      started.resolve();
    };
    while (!this.stopping) {
      try {
        await this.term(onRunning);
      } catch (error) {
        if (!running) return started.reject(error);
        if (isHubError(error) && error.code === 'integrity') return this.options.onFatal(error);
        this.options.log.warn({ err: describeError(error) }, 'sealing was interrupted');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    started.resolve();
  }

  private async term(onRunning: () => void): Promise<void> {
    const session = await SequencerSession.open(this.options.databaseUrl);
    try {
      if (!(await session.tryLock())) {
        this.options.log.info('standing by: another instance seals');
        onRunning();
        do {
          await this.clock.sleep(STAND_BY_MS);
          if (this.stopping) return;
        } while (!(await session.tryLock()));
      }
      await this.lead(session, onRunning);
    } finally {
      sequencing.set(0);
      await session.close();
    }
  }

  private async lead(session: SequencerSession, onRunning: () => void): Promise<void> {
    const { folder, signer, log } = this.options;
    const repository = new LogRepository(session);
    const opened = await openLog(repository, folder, signer);
    const { tip } = opened;
    let { note } = opened;
    log.info({ entries: tip.size }, 'the log is whole; sealing');
    sequencing.set(1);
    logSize.set(tip.size);
    const sealer = new Sealer(repository, tip, signer);
    await session.listen(() => this.clock.ring());
    onRunning();
    while (!this.stopping) {
      const round = await this.round(sealer, repository);
      if (round) {
        note = round.note;
        if (round.entries === ROUND) continue;
        await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      } else if (await show(folder, 'checkpoint', note)) {
        log.warn('another checkpoint stood where the newest belongs');
      }
      await this.clock.sleep(IDLE_MS);
    }
  }

  /** One round, committed and published; null when nothing was waiting. */
  private async round(sealer: Sealer, repository: LogRepository): Promise<SealedRound | null> {
    const round = await sealer.seal();
    if (!round) return null;
    await publish(this.options.folder, round.files, round.note);
    await repository.announce(round.size);
    entriesSealed.inc(round.entries);
    logSize.set(round.size);
    if (round.unreadable > 0) {
      entriesUnreadable.inc(round.unreadable);
      this.options.log.error({ entries: round.unreadable }, 'entries could not be sealed as they are');
    }
    this.options.log.debug({ entries: round.entries, size: round.size }, 'sealed');
    return round;
  }
}
