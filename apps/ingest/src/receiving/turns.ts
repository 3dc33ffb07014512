/** Lets at most so many through at a time for each name; the others wait their turn, in order. */
export class Turns {
  private readonly waiting = new Map<string, (() => void)[]>();
  private readonly inside = new Map<string, number>();

  constructor(private readonly most: number) {}

  async take<T>(name: string, act: () => Promise<T>): Promise<T> {
    const inside = this.inside.get(name) ?? 0;
    if (inside < this.most) this.inside.set(name, inside + 1);
    else await new Promise<void>((go) => this.waiting.set(name, [...(this.waiting.get(name) ?? []), go]));
    try {
      return await act();
    } finally {
      this.leave(name);
    }
  }

  private leave(name: string): void {
    const next = this.waiting.get(name)?.shift();
    if (next) return next();
    this.waiting.delete(name);
    const inside = this.inside.get(name)! - 1;
    if (inside > 0) this.inside.set(name, inside);
    else this.inside.delete(name);
  }
}
