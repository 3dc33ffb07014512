export interface IfKnown {
  /** Bits of the whole pair if the field were known and agreed. */
  ifAgreeWeight: number;
  /** The same if it were known and clearly differed. */
  ifDisagreeWeight: number;
}

/** Of what could be asked, that which would move the pair to another answer, the most telling first. */
export function thatSettle<Asked extends IfKnown>(
  asked: readonly Asked[],
  weight: number,
  answerOf: (weight: number) => string,
): Asked[] {
  const now = answerOf(weight);
  return asked
    .filter((one) => answerOf(one.ifAgreeWeight) !== now || answerOf(one.ifDisagreeWeight) !== now)
    .sort((x, y) => y.ifAgreeWeight - y.ifDisagreeWeight - (x.ifAgreeWeight - x.ifDisagreeWeight));
}
