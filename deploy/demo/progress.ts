import pc from 'picocolors';

/** Progress a person can follow: a line a step with the time it took; on a terminal the running step counts along. */
export class Progress {
  private readonly started = Date.now();
  private current = '';
  private since = 0;
  private readonly live = process.stdout.isTTY;

  step(text: string): void {
    this.done();
    this.current = text;
    this.since = Date.now();
    if (this.live) process.stdout.write(`${pc.dim('○')} ${text} …`);
  }

  /** How far the step is: only shown on a terminal, replaced each time. */
  detail(text: string): void {
    if (this.live) process.stdout.write(`\r\x1b[2K${pc.dim('○')} ${this.current} … ${pc.dim(text)}`);
  }

  /** Ends the step. @param outcome what came of it, in a few words */
  done(outcome = ''): void {
    if (!this.current) return;
    const seconds = ((Date.now() - this.since) / 1000).toFixed(1);
    const line = `${pc.green('●')} ${this.current}${outcome ? `: ${outcome}` : ''} ${pc.dim(`(${seconds} s)`)}\n`;
    process.stdout.write(this.live ? `\r\x1b[2K${line}` : line);
    this.current = '';
  }

  get seconds(): number {
    return (Date.now() - this.started) / 1000;
  }
}
