/** Joins by mean weight, the best first; equal ones by their rows, so that the order of input does not matter. */
export class JoinHeap {
  private means = new Float64Array(1 << 10);
  private ids = new Uint32Array(4 << 10);
  private count = 0;
  /** What `pop` took last. */
  mean = 0;
  a = 0;
  b = 0;
  versionA = 0;
  versionB = 0;

  push(mean: number, x: number, y: number, vx: number, vy: number): void {
    if (this.count === this.means.length) this.grow();
    let at = this.count++;
    const [a, b, va, vb] = x < y ? [x, y, vx, vy] : [y, x, vy, vx];
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.isBefore(mean, a, b, up)) break;
      this.move(up, at);
      at = up;
    }
    this.put(at, mean, a, b, va, vb);
  }

  /** Takes the best into this heap's own fields; false when there is none. */
  pop(): boolean {
    if (this.count === 0) return false;
    const { means, ids } = this;
    this.mean = means[0]!;
    this.a = ids[0]!;
    this.b = ids[1]!;
    this.versionA = ids[2]!;
    this.versionB = ids[3]!;
    const last = --this.count;
    const [mean, a, b, va, vb] = [
      means[last]!,
      ids[last * 4]!,
      ids[last * 4 + 1]!,
      ids[last * 4 + 2]!,
      ids[last * 4 + 3]!,
    ];
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= last) break;
      if (down + 1 < last && this.isBefore(means[down + 1]!, ids[(down + 1) * 4]!, ids[(down + 1) * 4 + 1]!, down))
        down++;
      if (this.isBefore(mean, a, b, down)) break;
      this.move(down, at);
      at = down;
    }
    if (last > 0) this.put(at, mean, a, b, va, vb);
    return true;
  }

  private isBefore(mean: number, a: number, b: number, than: number): boolean {
    const other = this.means[than]!;
    if (mean !== other) return mean > other;
    const x = this.ids[than * 4]!;
    return a !== x ? a < x : b < this.ids[than * 4 + 1]!;
  }

  private move(from: number, to: number): void {
    this.means[to] = this.means[from]!;
    this.ids.copyWithin(to * 4, from * 4, from * 4 + 4);
  }

  private put(at: number, mean: number, a: number, b: number, va: number, vb: number): void {
    this.means[at] = mean;
    this.ids[at * 4] = a;
    this.ids[at * 4 + 1] = b;
    this.ids[at * 4 + 2] = va;
    this.ids[at * 4 + 3] = vb;
  }

  private grow(): void {
    const [means, ids] = [new Float64Array(this.means.length * 2), new Uint32Array(this.ids.length * 2)];
    means.set(this.means);
    ids.set(this.ids);
    this.means = means;
    this.ids = ids;
  }
}
