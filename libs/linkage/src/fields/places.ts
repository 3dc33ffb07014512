import type { Column } from '../linking/table.js';
import { AddressWords } from './address-words.js';
import { countsOf, keyColumns, pairedAtoms, recode, sharedDictionary, singleColumn } from './codes.js';
import { type Atom, type Comparator, type Field, type Level, MISSING, plain, type Stance } from './field.js';
import { capacityFor, PairCache } from './pair-cache.js';
import { isOneEditApart } from '../comparing/edits.js';
import { lettersOf, ones } from '../comparing/letters.js';

const POSTCODE = [
  'same postcode',
  'one edit',
  'same sector',
  'same district',
  'same area',
  'other postcode',
  'no postcode',
] as const;
const ADDRESS = ['same address', 'same street', 'alike', 'a little alike', 'other address', 'no address'] as const;
const NO_POSTCODE = POSTCODE.length - 1;
const NO_ADDRESS = ADDRESS.length - 1;
const [OTHER_POSTCODE, OTHER_ADDRESS] = [NO_POSTCODE - 1, NO_ADDRESS - 1];
const SAME_DISTRICT = POSTCODE.indexOf('same district');

/** One of the two agrees and the other does too or is not known; or the same for differing. */
function stanceOf(postcode: number, address: number): Stance | undefined {
  const says = (samePostcode: number, sameAddress: number): boolean =>
    (postcode === samePostcode && (address === sameAddress || address === NO_ADDRESS)) ||
    (postcode === NO_POSTCODE && address === sameAddress);
  return says(0, 0) ? 'agrees' : says(OTHER_POSTCODE, OTHER_ADDRESS) ? 'differs' : undefined;
}

/**
 * Where somebody lives: postcode and address say much the same thing, so they are one field with a level for each
 * combination of theirs. Several postcodes, or several addresses (each of some columns), count as of now and of before:
 * the best of all pairs.
 */
export function placeComparator(
  kind: 'address' | 'text',
  postcodes: readonly Column[],
  addresses: readonly (readonly Column[])[],
  rows: number,
): Comparator {
  return new Places(
    kind,
    [...postcodes, ...addresses.flat()].map(({ name }) => name),
    sharedDictionary(
      postcodes.map((column) => recode(column, rows, normalPostcode)),
      rows,
    ),
    sharedDictionary(
      addresses.map((columns) => singleColumn(columns, rows)),
      rows,
    ),
    rows,
  );
}

class Places implements Comparator {
  readonly fields: Field[];
  readonly atoms: Atom[] = [];
  private readonly words: AddressWords | null;
  private readonly parts: PostcodeParts | null;
  private readonly addressCache: PairCache;

  constructor(
    readonly kind: 'address' | 'text',
    readonly columns: string[],
    private readonly postcodes: readonly Column[],
    addresses: readonly Column[],
    rows: number,
  ) {
    this.addressCache = new PairCache(capacityFor(rows));
    this.words = addresses.length === 0 ? null : new AddressWords(addresses, rows);
    this.parts = postcodes.length === 0 ? null : new PostcodeParts(postcodes[0]!.values);
    const name = [...postcodes.slice(0, 1), ...addresses.slice(0, 1)].map((column) => column.name).join(' and ');
    const role = kind === 'text' ? 'other' : 'place';
    const homeUpTo = postcodes.length > 0 ? ADDRESS.length : 1 + NO_POSTCODE * ADDRESS.length;
    const agreesUpTo = (SAME_DISTRICT + 1) * ADDRESS.length;
    this.fields = [{ name, role, levels: this.levels(), agreesUpTo, homeUpTo }];
    if (postcodes.length > 0) this.atoms.push(...postcodeAtoms(postcodes, rows));
    if (this.words) this.atoms.push(...this.words.atoms);
  }

  private levels(): Level[] {
    return [MISSING, ...POSTCODE.flatMap((p, at) => ADDRESS.map((a, to) => plain(`${p}, ${a}`, stanceOf(at, to))))];
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    let to = offset;
    for (let k = 0; k < count; k++, to += stride) {
      const p = this.postcodeLevel(left[k]!, right[k]!);
      const a = this.addressLevel(left[k]!, right[k]!);
      out[to] = p === NO_POSTCODE && a === NO_ADDRESS ? 0 : 1 + p * ADDRESS.length + a;
    }
  }

  private postcodeLevel(i: number, j: number): number {
    const { postcodes } = this;
    let best = NO_POSTCODE;
    for (let one = 0; one < postcodes.length; one++) {
      const x = postcodes[one]!.codes[i]!;
      if (x === 0) continue;
      for (let other = 0; other < postcodes.length; other++) {
        const y = postcodes[other]!.codes[j]!;
        if (y === 0) continue;
        const level = x === y ? 0 : this.postcodesApart(x, y);
        if (level < best) best = level;
      }
    }
    return best;
  }

  private addressLevel(i: number, j: number): number {
    if (this.words === null) return NO_ADDRESS;
    const { codes } = this.words;
    let best = NO_ADDRESS;
    for (let one = 0; one < codes.length; one++) {
      const x = codes[one]![i]!;
      if (x === 0) continue;
      for (let other = 0; other < codes.length; other++) {
        const y = codes[other]![j]!;
        if (y === 0) continue;
        const level = x === y ? 0 : this.addressesApart(x, y);
        if (level < best) best = level;
      }
    }
    return best;
  }

  private postcodesApart(x: number, y: number): number {
    const { sectors, districts, areas, letters } = this.parts!;
    // One edit changes one letter of the set at most: most pairs need no look at the texts.
    if (
      ones(letters[x]! & ~letters[y]!) < 2 &&
      ones(letters[y]! & ~letters[x]!) < 2 &&
      isOneEditApart(this.postcodes[0]!.values[x]!, this.postcodes[0]!.values[y]!)
    )
      return 1;
    if (sectors[x] === sectors[y]) return 2;
    if (districts[x] === districts[y]) return 3;
    return areas[x] === areas[y] ? 4 : 5;
  }

  private addressesApart(x: number, y: number): number {
    const [low, high] = x < y ? [x, y] : [y, x];
    const place = this.addressCache.place(low, high);
    let level = this.addressCache.get(place);
    if (level === 0) {
      level = 1 + this.words!.relate(low, high);
      this.addressCache.set(place, low, high, level);
    }
    return level - 1;
  }
}

function normalPostcode(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

const UK = /^([A-Z]{1,2})\d[A-Z\d]?\d[A-Z]{2}$/;

/** A distinct postcode's parts as numbers; each has its own where there is none, so that none are the same. */
class PostcodeParts {
  readonly sectors: Uint32Array;
  readonly districts: Uint32Array;
  readonly areas: Uint32Array;
  readonly letters: Uint32Array;

  constructor(values: readonly string[]) {
    const number = (of: (text: string, area: string | undefined) => string): Uint32Array => {
      const ids = new Map<string, number>();
      return Uint32Array.from(values, (text, code) => {
        const part = of(text, UK.exec(text)?.[1]);
        if (part === '') return values.length + code;
        let id = ids.get(part);
        if (id === undefined) ids.set(part, (id = ids.size));
        return id;
      });
    };
    this.sectors = number((text, area) => (area === undefined ? '' : text.slice(0, -2)));
    this.districts = number((text, area) => (area === undefined ? '' : text.slice(0, -3)));
    // A code that is not a British one is compared by its first digits alone.
    this.areas = number((text, area) => area ?? (text.length > 3 ? `#${text.slice(0, 2)}` : ''));
    this.letters = Uint32Array.from(values, lettersOf);
  }
}

function postcodeAtoms(postcodes: readonly Column[], rows: number): Atom[] {
  const cut = (name: string, of: (text: string) => string): Atom[] =>
    pairedAtoms(name, 'place', keyColumns(postcodes, rows, of));
  const [first] = postcodes;
  const british =
    countsOf(first!).reduce((sum, count, code) => sum + (UK.test(first!.values[code]!) ? count : 0), 0) * 4 > rows;
  const whole = pairedAtoms('postcode', 'place', postcodes);
  if (!british) {
    whole[0]!.sign = true;
    return whole;
  }
  const districts = cut('postcode district', (text) => (UK.test(text) ? text.slice(0, -3) : text.slice(0, 3)));
  districts[0]!.sign = true;
  return [...whole, ...cut('postcode sector', (text) => (UK.test(text) ? text.slice(0, -2) : '')), ...districts];
}
