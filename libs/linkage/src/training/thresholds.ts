/** Where to link and where to show, and what to expect of it. */
export interface Thresholds {
  link: number;
  show: number;
}

const STEP = 0.25;
const LOWEST = -12;
const HIGHEST = 40;
/** Share of the matches among the pairs that showing is to reach. */
const SHOWN = 0.99;
/** No pair with less than this is worth a person's time: one in 33. */
const LEAST_SHOWN = -5;

/**
 * From the scores themselves: a pair of weight w is a match with probability 1 / (1 + 2^−w). The link threshold has the
 * highest expected F1, the show threshold reaches 99 % of the matches compared.
 * In: bits, and the share of all matches that were never compared.
 */
export function autoThresholds(weight: ArrayLike<number>, missed: number): Thresholds {
  const bins = Math.round((HIGHEST - LOWEST) / STEP);
  const pairs = new Float64Array(bins);
  const matches = new Float64Array(bins);
  let all = 0;
  for (let k = 0; k < weight.length; k++) {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor((weight[k]! - LOWEST) / STEP)));
    const probability = 1 / (1 + 2 ** -weight[k]!);
    pairs[bin]!++;
    matches[bin]! += probability;
    all += probability;
  }
  const whole = all / Math.max(1 - missed, 0.01);
  let [count, right, best, link, show] = [0, 0, -1, 0, LEAST_SHOWN];
  let shown = false;
  for (let bin = bins - 1; bin >= 0; bin--) {
    count += pairs[bin]!;
    right += matches[bin]!;
    const at = LOWEST + bin * STEP;
    const f1 = count === 0 ? 0 : (2 * right) / (count + whole);
    if (f1 > best + 1e-9) {
      best = f1;
      link = at;
    }
    if (!shown && right >= SHOWN * all) {
      shown = true;
      show = at;
    }
  }
  if (all < 0.5) return { link: 0, show: -3 };
  link = Math.max(-2, Math.min(link, 3));
  return { link, show: Math.max(LEAST_SHOWN, Math.min(show, link - 1)) };
}

/** Expected precision and recall of clusters, from the weights of the pairs in them. */
export function expectedOf(
  pairs: { left: ArrayLike<number>; right: ArrayLike<number>; weight: ArrayLike<number> },
  clusters: Uint32Array,
  missed: number,
): { precision: number; recall: number; missedByBlocking: number } {
  let [inside, all] = [0, 0];
  for (let k = 0; k < pairs.weight.length; k++) {
    const probability = 1 / (1 + 2 ** -pairs.weight[k]!);
    all += probability;
    if (clusters[pairs.left[k]!] === clusters[pairs.right[k]!]) inside += probability;
  }
  const sizes = new Uint32Array(clusters.length);
  for (const cluster of clusters) sizes[cluster]!++;
  let linked = 0;
  for (const size of sizes) linked += (size * (size - 1)) / 2;
  return {
    precision: linked === 0 ? 1 : Math.min(1, inside / linked),
    recall: all === 0 ? 1 : (inside / all) * (1 - missed),
    missedByBlocking: missed,
  };
}
