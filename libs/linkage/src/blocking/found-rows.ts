/** Rows found per anchor, with repeats. */
export class FoundRows {
  private anchor = new Uint32Array(1 << 16);
  private row = new Uint32Array(1 << 16);
  private count = 0;

  add(anchor: number, row: number): void {
    if (this.count === this.row.length) {
      const [anchors, rows] = [new Uint32Array(this.count * 2), new Uint32Array(this.count * 2)];
      anchors.set(this.anchor);
      rows.set(this.row);
      this.anchor = anchors;
      this.row = rows;
    }
    this.anchor[this.count] = anchor;
    this.row[this.count++] = row;
  }

  all(): { anchor: Uint32Array; row: Uint32Array } {
    return { anchor: this.anchor.slice(0, this.count), row: this.row.slice(0, this.count) };
  }
}
