import { type CompiledLevel, type CompiledModel, UNSEEN } from './compiled-model.js';
import { FIELDS, type FieldName } from './model.js';

const INDEX: Record<string, number> = Object.fromEntries(FIELDS.map((field, at) => [field, at]));
const NAME_FIELDS = 3; // surname, forename, middleNames come first in FIELDS

/** The levels of one pair and what they weigh; reused from pair to pair, so that scoring makes no garbage. */
export class Comparison {
  readonly levels: (string | null)[] = FIELDS.map(() => null);
  readonly weights = new Float64Array(FIELDS.length);
  private readonly log2U = new Float64Array(FIELDS.length);
  private readonly keptLevels: (string | null)[] = [null, null, null];
  private readonly kept = new Float64Array(2 * NAME_FIELDS);
  /** Bits the guards take off (0 or less), and the guard that explains the agreement best. */
  guardWeight = 0;
  guard = -1;

  constructor(readonly model: CompiledModel) {}

  /** `share`: of people who bear the name, 0 where rarity plays no part. A null level (missing) weighs nothing. */
  set(field: FieldName, level: string | null, share = 0): void {
    const at = INDEX[field]!;
    this.levels[at] = level;
    this.weights[at] = this.log2U[at] = 0;
    if (level === null) return;
    const known: CompiledLevel | undefined = this.model.levels[at]!.get(level);
    if (!known) return void (this.levels[at] = null);
    // Never above m's: an agreement, however common the name, is no sign against a match.
    this.log2U[at] =
      known.rarity > 0 && share > 0
        ? Math.log2(Math.min(Math.max(known.rarity * share, known.atLeast), known.m))
        : known.log2U;
    this.weights[at] = known.log2M - this.log2U[at]!;
  }

  levelOf(field: FieldName): string | null {
    return this.levels[INDEX[field]!]!;
  }

  weightOf(field: FieldName): number {
    return this.weights[INDEX[field]!]!;
  }

  keepNames(): void {
    for (let at = 0; at < NAME_FIELDS; at++) {
      this.keptLevels[at] = this.levels[at]!;
      this.kept[at] = this.weights[at]!;
      this.kept[at + NAME_FIELDS] = this.log2U[at]!;
    }
  }

  restoreNames(): void {
    for (let at = 0; at < NAME_FIELDS; at++) {
      this.levels[at] = this.keptLevels[at]!;
      this.weights[at] = this.kept[at]!;
      this.log2U[at] = this.kept[at + NAME_FIELDS]!;
    }
  }

  /** Bits of the whole: prior, fields, guards. */
  total(): number {
    this.applyGuards();
    let sum = this.model.priorWeight + this.guardWeight;
    for (let at = 0; at < this.weights.length; at++) sum += this.weights[at]!;
    return sum;
  }

  /**
   * Non-matches are strangers, and also people of one household, twins, namesakes: with shares s and likelihoods L
   * relative to a stranger's, the odds of a match shrink by 1 + Σ s·L.
   */
  private applyGuards(): void {
    let sum = 0;
    let most = 0;
    this.guard = -1;
    for (let which = 0; which < this.model.guards.length; which++) {
      const ratio = 2 ** this.guardLikelihood(which);
      sum += ratio;
      if (ratio > most) {
        most = ratio;
        this.guard = which;
      }
    }
    this.guardWeight = -Math.log2(1 + sum);
  }

  private guardLikelihood(which: number): number {
    const guard = this.model.guards[which]!;
    let bits = guard.log2Share;
    for (let at = 0; at < this.levels.length; at++) {
      const level = this.levels[at]!;
      const field = guard.fields[at]!;
      if (level === null || field === null) continue;
      bits += field === 'match' ? this.weights[at]! : (field.get(level) ?? UNSEEN) - this.log2U[at]!;
    }
    return bits;
  }
}
