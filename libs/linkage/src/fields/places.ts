import type { Column } from '../linking/table.js';
import { AddressWords } from './address-words.js';
import { countsOf, recode, singleColumn } from './codes.js';
import { type Atom, type Comparator, type Field, type Level, MISSING, plain } from './field.js';
import { PairCache } from './pair-cache.js';
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

/**
 * Where somebody lives: postcode and address say much the same thing, so they are one field with a level for each
 * combination of theirs.
 */
export function placeComparator(
  kind: 'address' | 'text',
  postcodes: readonly Column[],
  addresses: readonly Column[],
  rows: number,
): Comparator {
  return new Places(
    kind,
    [...postcodes, ...addresses].map(({ name }) => name),
    postcodes.length === 0 ? null : recode(singleColumn(postcodes, rows), rows, normalPostcode),
    addresses.length === 0 ? null : singleColumn(addresses, rows),
    rows,
  );
}

/** A place comparator that another thread made, usable here. */
export function revivedPlaces(state: Comparator): Comparator {
  return Places.revived(state as Places);
}

class Places implements Comparator {
  static revived(state: Places): Places {
    const { words } = state;
    return Object.assign(Object.create(Places.prototype) as Places, state, {
      words: words === null ? null : AddressWords.revived(words),
      addressCache: new PairCache(1 << 14),
    });
  }

  readonly fields: Field[];
  readonly atoms: Atom[] = [];
  private readonly words: AddressWords | null;
  private readonly parts: PostcodeParts | null;
  private readonly addressCache = new PairCache(1 << 14);

  constructor(
    readonly kind: 'address' | 'text',
    readonly columns: string[],
    private readonly postcode: Column | null,
    address: Column | null,
    rows: number,
  ) {
    this.words = address === null ? null : new AddressWords(address, rows);
    this.parts = postcode === null ? null : new PostcodeParts(postcode.values);
    const name = [postcode?.name, address?.name].filter((one) => one !== undefined).join(' and ');
    this.fields = [{ name, role: kind === 'text' ? 'other' : 'place', levels: this.levels() }];
    if (postcode) this.atoms.push(...postcodeAtoms(postcode, rows));
    if (this.words) this.atoms.push(...this.words.atoms);
  }

  private levels(): Level[] {
    return [MISSING, ...POSTCODE.flatMap((p) => ADDRESS.map((a) => plain(`${p}, ${a}`)))];
  }

  compare(left: Uint32Array, right: Uint32Array, count: number, out: Uint8Array, stride: number, offset: number): void {
    const postcodes = this.postcode?.codes;
    const addresses = this.words?.codes;
    let to = offset;
    for (let k = 0; k < count; k++, to += stride) {
      const i = left[k]!;
      const j = right[k]!;
      let p = NO_POSTCODE;
      let a = NO_ADDRESS;
      if (postcodes !== undefined) {
        const x = postcodes[i]!;
        const y = postcodes[j]!;
        if (x !== 0 && y !== 0) p = x === y ? 0 : this.postcodesApart(x, y);
      }
      if (addresses !== undefined) {
        const x = addresses[i]!;
        const y = addresses[j]!;
        if (x !== 0 && y !== 0) a = x === y ? 0 : this.addressesApart(x, y);
      }
      out[to] = p === NO_POSTCODE && a === NO_ADDRESS ? 0 : 1 + p * ADDRESS.length + a;
    }
  }

  private postcodesApart(x: number, y: number): number {
    const { sectors, districts, areas, letters } = this.parts!;
    // One edit changes one letter of the set at most: most pairs need no look at the texts.
    if (
      ones(letters[x]! & ~letters[y]!) < 2 &&
      ones(letters[y]! & ~letters[x]!) < 2 &&
      isOneEditApart(this.postcode!.values[x]!, this.postcode!.values[y]!)
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

function postcodeAtoms(postcode: Column, rows: number): Atom[] {
  const cut = (name: string, of: (text: string) => string): Atom => ({
    name,
    family: 'place',
    codes: recode(postcode, rows, of).codes,
  });
  const uk =
    countsOf(postcode).reduce((sum, count, code) => sum + (UK.test(postcode.values[code]!) ? count : 0), 0) * 2 >
    rows / 2;
  const whole = { name: 'postcode', family: 'place', codes: postcode.codes };
  if (!uk) return [whole];
  return [
    whole,
    cut('postcode sector', (text) => (UK.test(text) ? text.slice(0, -2) : '')),
    cut('postcode district', (text) => (UK.test(text) ? text.slice(0, -3) : text.slice(0, 3))),
  ];
}
