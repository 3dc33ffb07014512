import type { Column } from '../linking/table.js';
import { AddressWords } from './address-words.js';
import { countsOf, recode, singleColumn } from './codes.js';
import { type Atom, type Comparator, type Field, type Level, MISSING, plain } from './field.js';
import { PairCache } from './pair-cache.js';
import { isOneEditApart } from '../comparing/edits.js';

const POSTCODE = ['same postcode', 'one edit', 'same sector', 'same district', 'same area', 'other postcode', 'no postcode'] as const;
const ADDRESS = ['same address', 'same street', 'alike', 'a little alike', 'other address', 'no address'] as const;
const NO_POSTCODE = POSTCODE.length - 1;
const NO_ADDRESS = ADDRESS.length - 1;

/**
 * Where somebody lives: postcode and address say much the same thing, so they are one field with a level for each
 * combination of theirs.
 */
export function placeComparator(kind: 'address' | 'text', postcodes: readonly Column[], addresses: readonly Column[], rows: number): Comparator {
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
      postcodeCache: new PairCache(1 << 14),
      addressCache: new PairCache(1 << 14),
    });
  }

  readonly fields: Field[];
  readonly atoms: Atom[] = [];
  private readonly words: AddressWords | null;
  private readonly postcodeCache = new PairCache(1 << 14);
  private readonly addressCache = new PairCache(1 << 14);

  constructor(
    readonly kind: 'address' | 'text',
    readonly columns: string[],
    private readonly postcode: Column | null,
    address: Column | null,
    rows: number,
  ) {
    this.words = address === null ? null : new AddressWords(address, rows);
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
    const [low, high] = x < y ? [x, y] : [y, x];
    const place = this.postcodeCache.place(low, high);
    let level = this.postcodeCache.get(place);
    if (level === 0) {
      level = 1 + relatePostcodes(this.postcode!.values[low]!, this.postcode!.values[high]!);
      this.postcodeCache.set(place, low, high, level);
    }
    return level - 1;
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

/** An index into POSTCODE. A code that is not a British one is compared by its letters alone. */
function relatePostcodes(a: string, b: string): number {
  if (isOneEditApart(a, b)) return 1;
  const [x, y] = [UK.exec(a), UK.exec(b)];
  if (!x || !y) return !x && !y && a.length > 3 && a.slice(0, 2) === b.slice(0, 2) ? 4 : 5;
  if (a.slice(0, -2) === b.slice(0, -2)) return 2;
  if (a.slice(0, -3) === b.slice(0, -3)) return 3;
  return x[1] === y[1] ? 4 : 5;
}

function postcodeAtoms(postcode: Column, rows: number): Atom[] {
  const cut = (name: string, of: (text: string) => string): Atom => ({ name, family: 'place', codes: recode(postcode, rows, of).codes });
  const uk = countsOf(postcode).reduce((sum, count, code) => sum + (UK.test(postcode.values[code]!) ? count : 0), 0) * 2 > rows / 2;
  const whole = { name: 'postcode', family: 'place', codes: postcode.codes };
  if (!uk) return [whole];
  return [
    whole,
    cut('postcode sector', (text) => (UK.test(text) ? text.slice(0, -2) : '')),
    cut('postcode district', (text) => (UK.test(text) ? text.slice(0, -3) : text.slice(0, 3))),
  ];
}
