import { HubError } from '#contracts';

const TOLD = 20;

/** What does not agree, each with its place, collected so that one refusal tells all of it. */
export class Faults {
  private readonly found: string[] = [];
  private more = 0;

  add(where: string, what: string): void {
    if (this.found.length < TOLD) this.found.push(`${where}: ${what}`);
    else this.more += 1;
  }

  /** @throws HubError `integrity` when there is any */
  refuse(): void {
    if (this.found.length === 0) return;
    const lines = [...this.found, ...(this.more > 0 ? [`and ${this.more} more`] : [])].map((line) => `  ${line}`);
    throw new HubError(
      'integrity',
      `The audit log does not agree with itself; nothing was sealed and no file was changed:\n${lines.join('\n')}`,
    );
  }
}
