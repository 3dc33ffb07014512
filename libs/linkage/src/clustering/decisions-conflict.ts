/** Two decisions of people that contradict each other. */
export class DecisionsConflict extends Error {
  readonly code = 'decisions_conflict';
  constructor(
    readonly left: number,
    readonly right: number,
  ) {
    super('a pair is decided not to be one person, yet decisions link the two through others');
  }
}
