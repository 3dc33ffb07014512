import { blockingKeys } from '../blocking/blocking-keys.js';
import type { Comparator, Field, Level } from '../fields/field.js';
import { NameFrequencies } from '../names/name-frequencies.js';
import type { TrainedModel } from '../linking/trained-model.js';
import type { PreparedPerson } from '../preparing/prepared-person.js';
import { PairComparer } from '../scoring/pair-levels.js';
import { startMixture } from '../training/classes.js';
import { fitMixture, type Mixture } from '../training/mixture.js';
import { patternsOf } from '../training/patterns.js';
import { randomAgreement, seededRandom } from '../training/random-pairs.js';
import { comparePeople } from './compare-people.js';
import { FIELDS, KIND_OF, PERSON_FIELDS } from './fields.js';
import { closeBand, exactBand } from './rarity.js';
import { completed, type Experience, startFrom, strangersShares } from './experience.js';

/** One person a record names. */
export interface Named {
  person: PreparedPerson;
  /** Two people of one record are never one person. */
  record: string;
}

export interface TrainOptions {
  /** Pairs of people of different populations from which chance agreement is counted. */
  randomPairs: number;
  rounds: number;
  seed: number;
  /** What records of this kind cannot teach. */
  experience: Experience;
}

export interface TrainedPeople {
  fields: TrainedModel['fields'];
  classes: TrainedModel['classes'];
  /** Pairs compared, and the matches expected among them. */
  pairs: number;
  matches: number;
}

/**
 * Learns, without labels, from populations that have nobody in common: pairs across them are of strangers beyond doubt,
 * and show how often strangers agree; pairs within them that share a blocking key show the rest.
 */
export async function trainOnPeople(populations: readonly Named[][], options: TrainOptions): Promise<TrainedPeople> {
  const { experience } = options;
  const people = populations.flatMap((named) => named.map(({ person }) => person));
  const from = populations.map((_, at) => populations.slice(0, at).reduce((sum, { length }) => sum + length, 0));
  const frequencies = populations.map((named) => frequenciesOf(named));
  const populationOf = populations.flatMap((named, at) => named.map(() => at));
  const fields = PERSON_FIELDS.map((field) => withShares(field, people, (row) => frequencies[populationOf[row]!]!));
  const comparator: Comparator = {
    kind: 'name',
    columns: [...FIELDS],
    fields,
    atoms: [],
    compare(left, right, count, out, stride, offset) {
      for (let k = 0, to = offset; k < count; k++, to += stride)
        comparePeople(people[left[k]!]!, people[right[k]!]!, frequencies[populationOf[left[k]!]!]!, out, to);
    },
  };
  const comparer = new PairComparer([comparator], []);
  const across = pairsAcross(populations, from, options);
  const seen = await randomAgreement(comparer, people.length, options.randomPairs, options.seed, across);
  const u = seen.map((shares, f) =>
    strangersShares(fields[f]!, smoothedByShape(fields[f]!, shares, options.randomPairs), experience),
  );
  const pairs = populations.map((named, at) => pairsWithin(named, from[at]!));
  const left = Uint32Array.from(pairs.flatMap((one) => one.map(([a]) => a)));
  const right = Uint32Array.from(pairs.flatMap((one) => one.map(([, b]) => b)));
  const levels = comparer.compare({ left, right, count: left.length });
  const allPairs = populations.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const mixture = startMixture(fields, u, allPairs, people.length);
  startFrom(mixture, fields, experience);
  const { matches } = fitMixture(mixture, patternsOf(levels, left.length, fields.length), fields, options.rounds);
  completed(mixture, fields, experience);
  return {
    fields: trainedFields(fields, mixture),
    classes: mixture.classes.map(({ name, pairs: expected, shares }) => ({
      name,
      pairs: expected,
      shares: shares.map((one) => Array.from(one)),
    })),
    pairs: left.length,
    matches: matches.at(-1)!,
  };
}

function trainedFields(fields: readonly Field[], { classes: [match, random] }: Mixture): TrainedModel['fields'] {
  return FIELDS.map((name, f) => ({
    name,
    role: fields[f]!.role,
    columns: [name],
    kind: KIND_OF[name],
    levels: fields[f]!.levels.map(({ name: level, band, segment }, at) => ({
      name: level,
      band,
      ...(segment === undefined ? {} : { segment }),
      m: match!.shares[f]![at]!,
      u: random!.shares[f]![at]!,
    })),
  }));
}

function frequenciesOf(named: readonly Named[]): NameFrequencies {
  const frequencies = new NameFrequencies();
  for (const { person } of named) frequencies.add(person);
  return frequencies;
}

/** How a name's bearers are spread over bands, and what strangers' exact agreement follows from it. */
function withShares(
  field: Field,
  people: readonly PreparedPerson[],
  frequenciesOfRow: (row: number) => NameFrequencies,
): Field {
  if (!field.levels.some(({ band }) => band >= 0)) return field;
  const kind = field.role === 'surname' ? 'surname' : 'forename';
  const exact = new Map<number, number>();
  const close = new Map<number, number>();
  const edges = (name: string): number[] => field.levels.filter((level) => level.name === name).map(({ band }) => band);
  const [exactEdges, closeEdges] = [edges('exact'), edges('typo')];
  let present = 0;
  people.forEach(({ names }, row) => {
    const name = kind === 'surname' ? names[0]?.surname : names[0]?.forenames[0];
    if (!name || name.length < 2) return;
    const share = frequenciesOfRow(row).share(kind, name);
    const add = (map: Map<number, number>, band: number): void => void map.set(band, (map.get(band) ?? 0) + 1);
    add(exact, exactEdges[exactBand(share)]!);
    add(close, closeEdges[closeBand(-Math.log2(share))]!);
    present++;
  });
  // Nobody here bears a name of some band; elsewhere somebody will.
  const shareOf = (map: Map<number, number>, band: number, bands: number): number =>
    ((map.get(band) ?? 0) + 0.001 * present) / (present * (1 + 0.001 * bands));
  return {
    ...field,
    levels: field.levels.map((level): Level => {
      if (level.band < 0) return level;
      if (level.name !== 'exact') return { ...level, share: shareOf(close, level.band, closeEdges.length) };
      const share = shareOf(exact, level.band, exactEdges.length);
      // A stranger bears the name as often as anybody.
      return { ...level, share, u: share * chanceOf(level.band, exactEdges) };
    }),
  };
}

/** The chance of a name in the middle of a band; of the rarest, at its edge. */
function chanceOf(band: number, edges: readonly number[]): number {
  const next = edges[edges.indexOf(band) + 1];
  return 2 ** -(next === undefined ? band : (Math.max(band, 4) + next) / 2);
}

/** Hits worth of belief that a group's agreement falls with rarity as its names do. */
const HELD = 10;

/** Rare bands are hardly seen by a sample: they take the shape of the whole group, by how rare the names are. */
function smoothedByShape({ levels }: Field, shares: Float64Array, pairs: number): Float64Array {
  const smooth = shares.slice();
  for (let at = 1; at < levels.length;) {
    let end = at + 1;
    while (end < levels.length && levels[end]!.name === levels[at]!.name && levels[at]!.band >= 0) end++;
    if (levels[at]!.band >= 0 && levels[at]!.u < 0) {
      const edges = levels.slice(at, end).map(({ band }) => band);
      const power = levels[at]!.name === 'swapped' ? 2 : 1;
      const shape = edges.map((band, k) => levels[at + k]!.share * chanceOf(band, edges) ** power);
      const whole = shape.reduce((sum, one) => sum + one, 0);
      let mass = 0;
      for (let k = at; k < end; k++) mass += shares[k]!;
      for (let k = at; k < end; k++)
        smooth[k] = (mass * (shares[k]! * pairs + (HELD * shape[k - at]!) / whole)) / (mass * pairs + HELD);
    }
    at = end;
  }
  return smooth;
}

function* pairsAcross(
  populations: readonly Named[][],
  from: readonly number[],
  { randomPairs, seed }: TrainOptions,
): Generator<[number, number]> {
  const random = seededRandom(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  for (let done = 0; done < randomPairs; done++) {
    const a = whole(populations.length);
    const b = (a + 1 + whole(populations.length - 1)) % populations.length;
    yield [from[a]! + whole(populations[a]!.length), from[b]! + whole(populations[b]!.length)];
  }
}

/** Pairs that share a blocking key and do not stand in one record. */
function pairsWithin(named: readonly Named[], from: number): [number, number][] {
  const blocks = new Map<string, number[]>();
  named.forEach(({ person }, at) => {
    for (const key of blockingKeys(person)) {
      const block = blocks.get(key);
      if (block) block.push(at);
      else blocks.set(key, [at]);
    }
  });
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  for (const block of blocks.values()) {
    for (let x = 0; x < block.length; x++) {
      for (let y = x + 1; y < block.length; y++) {
        const [i, j] = [block[x]!, block[y]!];
        const key = i * named.length + j;
        if (named[i]!.record === named[j]!.record || seen.has(key)) continue;
        seen.add(key);
        pairs.push([from + i, from + j]);
      }
    }
  }
  return pairs;
}
