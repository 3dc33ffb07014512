/** Rows joined pair by pair (union–find, paths halved). */
export class Groups {
  private readonly parent: Uint32Array;

  constructor(rows: number) {
    this.parent = Uint32Array.from({ length: rows }, (_, row) => row);
  }

  of(row: number): number {
    const { parent } = this;
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  }

  join(a: number, b: number): void {
    const [x, y] = [this.of(a), this.of(b)];
    this.parent[Math.max(x, y)] = Math.min(x, y);
  }
}
