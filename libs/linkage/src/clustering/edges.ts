/** Weighted pairs of rows, each at most once. */
export interface Edges {
  left: ArrayLike<number>;
  right: ArrayLike<number>;
  /** Bits. */
  weight: ArrayLike<number>;
  count: number;
}
