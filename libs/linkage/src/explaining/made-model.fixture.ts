import type { TrainedField, TrainedLevel, TrainedModel } from '../linking/trained-model.js';

const MISSING: TrainedLevel = { name: 'missing', band: -1, m: 1, u: 1 };
const level = (name: string, m: number, u: number, band = -1): TrainedLevel => ({ name, band, m, u });
const told = (name: string, m: number, u: number): TrainedLevel => ({ ...level(name, m, u), segment: 1 });

const FIELDS: TrainedField[] = [
  {
    name: 'given name',
    role: 'given',
    columns: ['forename', 'surname'],
    kind: 'name',
    levels: [
      MISSING,
      level('exact', 0.3, 0.02, 0),
      level('exact', 0.5, 0.001, 7),
      level('exact', 1e-7, 1e-9, 9),
      level('swapped', 0.001, 0.0001),
      level('initial', 0.05, 0.01),
      level('different', 0.149, 0.9689),
    ],
  },
  {
    name: 'surname',
    role: 'surname',
    columns: ['forename', 'surname'],
    kind: 'name',
    levels: [
      MISSING,
      level('exact', 0.3, 0.01, 0),
      level('exact', 0.6, 0.0005, 7),
      level('swapped', 0.01, 0.0001),
      level('different', 0.09, 0.9894),
    ],
  },
  {
    name: 'date',
    role: 'date',
    columns: ['DOB'],
    kind: 'date',
    levels: [
      MISSING,
      level('exact', 0.9, 0.0001),
      level('year', 0.04, 0.001),
      level('generation', 0.01, 0.6),
      level('year same, month far, day far', 0.001, 0.01),
      level('year far, month far, day far', 0.049, 0.3889),
    ],
  },
  {
    name: 'sex',
    role: 'other',
    columns: ['sex'],
    kind: 'category',
    levels: [
      MISSING,
      level('exact', 0.98, 0.5, 0),
      level('different', 0.02, 0.5),
      told('exact (given name agrees)', 0.99, 0.97),
      told('different (given name agrees)', 0.01, 0.03),
    ],
  },
  {
    name: 'postcode address',
    role: 'place',
    columns: ['postcode', 'address'],
    kind: 'address',
    levels: [
      MISSING,
      level('same postcode, same address', 0.6, 0.0001),
      level('same postcode, other address', 0.01, 0.0005),
      level('same postcode, no address', 0.05, 0.0002),
      level('other postcode, other address', 0.3, 0.99),
      level('other postcode, no address', 0.04, 0.0092),
    ],
  },
];

const shares = (of: (level: TrainedLevel) => number): number[][] => FIELDS.map(({ levels }) => levels.map(of));
const [match, random] = [shares(({ m }) => m), shares(({ u }) => u)];
const zeros = FIELDS.map(({ levels }) => levels.map(() => 0));

/** A small model of a county with households: every number plainly made up. */
export function madeModel(): TrainedModel {
  const weights = structuredClone(zeros);
  weights[2]![1] = 0.5;
  return structuredClone<TrainedModel>({
    format: 'mash.linkage-model/1',
    trainedOn: { rows: 10_000, fingerprint: null },
    comparisons: [
      { columns: ['forename', 'surname'], kind: 'name' },
      { columns: ['DOB'], kind: 'date' },
      { columns: ['sex'], kind: 'category' },
      { columns: ['postcode'], kind: 'postcode' },
      { columns: ['address'], kind: 'address' },
    ],
    fields: FIELDS,
    implied: [{ field: 3, by: 0, upTo: 3, shift: 2 }],
    classes: [
      { name: 'match', pairs: 4_000, shares: match },
      { name: 'random', pairs: 50_000_000, shares: random },
      {
        name: 'household',
        pairs: 9_000,
        shares: [random[0]!, match[1]!, [1, 0.001, 0.01, 0.6, 0.1, 0.289], random[3]!, match[4]!],
      },
      { name: 'twin', pairs: 60, shares: [random[0]!, match[1]!, match[2]!, random[3]!, match[4]!] },
    ],
    // Coarse levels: missing, exact, swapped, initial, different beside missing, exact, year and so on.
    correction: {
      prior: -0.3,
      weights,
      interactions: [
        { a: 0, b: 2, weights: Array.from({ length: 5 * 6 }, (_, at) => (at === 4 * 6 + 1 ? -1.5 : 0)) },
        { a: 1, b: 4, weights: Array.from({ length: 4 * 6 }, (_, at) => (at === 6 + 1 ? 0.2 : 0)) },
      ],
    },
    thresholds: { link: 2, show: -2, join: 0 },
    expected: { precision: 0.99, recall: 0.95, missedByBlocking: 0.01 },
  });
}

/** Levels by their names, the last field's last; null is missing. Of bands the commoner values', unless `rare`. */
export function madeLevels(names: (string | null)[], rare = false): Uint8Array {
  return Uint8Array.from(names, (name, f) => {
    if (name === null) return 0;
    const { levels } = FIELDS[f]!;
    return levels.findIndex((one) => one.name === name) + (rare && f < 2 && name === 'exact' ? 1 : 0);
  });
}
