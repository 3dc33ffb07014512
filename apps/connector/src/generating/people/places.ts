import { readFileSync } from 'node:fs';
import type { Random } from '../random.js';
import type { Address, Tradition } from './person.js';

interface District {
  /** Thousands of people, roughly. */
  share: number;
  /** How much likelier than in the county as a whole a person is of another than the British tradition. */
  diversity: number;
  /** Who holds the council housing there: the council, or the association it was transferred to. */
  housing: string;
  outward: Record<string, string>;
}

export interface Places {
  districts: Record<string, District>;
  streetStarts: string;
  streetEnds: string;
  traditions: Record<Tradition, number>;
}

export const places = JSON.parse(readFileSync(new URL('./places.json', import.meta.url), 'utf8')) as Places;

/** The eight councils' agency ids. */
export const COUNCILS: readonly string[] = Object.keys(places.districts);

const districtShares = Object.fromEntries(Object.entries(places.districts).map(([id, d]) => [id, d.share]));

/** The agency that runs a district's social housing. */
export function landlordOf(district: string): string {
  return districtNamed(district).housing;
}

export function pickDistrict(random: Random): string {
  return random.weighted(districtShares);
}

export function pickTradition(random: Random, district: string): Tradition {
  const { diversity } = districtNamed(district);
  const weights = { ...places.traditions };
  for (const key of Object.keys(weights) as Tradition[]) if (key !== 'british') weights[key] *= diversity;
  return random.weighted(weights);
}

function districtNamed(id: string): District {
  const district = places.districts[id];
  if (!district) throw new RangeError('unknown district');
  return district;
}

const STARTS = places.streetStarts.split(' ');
const ENDS = places.streetEnds.split(' ');
/** Letters Royal Mail uses in the last two places of a postcode (PAF Programmers' Guide). */
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const CODES = 10 * LETTERS.length * LETTERS.length;

interface Street {
  name: string;
  town: string;
  outward: string;
  postcode: string;
  /** How many more addresses this postcode takes. */
  left: number;
  number: number;
}

/** Hands out addresses nobody lives at yet: streets fill up house by house, about 15 addresses to a postcode as in life. */
export class AddressBook {
  private readonly open = new Map<string, Street[]>();
  private readonly codesUsed = new Map<string, number>();
  private properties = 0;

  constructor(private readonly random: Random) {}

  take(district: string): Address {
    const streets = this.open.get(district) ?? [];
    this.open.set(district, streets);
    if (streets.length < 12) streets.push(this.newStreet(district));
    const at = this.random.int(0, streets.length - 1);
    const street = streets[at] as Street;
    street.number += this.random.chance(0.8) ? 1 : 2;
    street.left--;
    if (street.left <= 0 && street.number > 40) streets.splice(at, 1);
    else if (street.left <= 0) Object.assign(street, this.nextPostcode(street.outward));
    const flat = this.random.chance(0.14) ? [`Flat ${this.random.int(1, 12)}`] : [];
    return {
      lines: [...flat, `${street.number} ${street.name}`],
      town: street.town,
      postcode: street.postcode,
      uprn: this.nextUprn(),
      district,
    };
  }

  private newStreet(district: string): Street {
    const { outward: towns } = districtNamed(district);
    const outward = this.random.pick(Object.keys(towns));
    const name = `${this.random.pick(STARTS)} ${this.random.pickRanked(ENDS, 5)}`;
    return { name, town: towns[outward] as string, outward, number: 0, ...this.nextPostcode(outward) };
  }

  /** Inward codes are given out in a scattered order, each once. */
  private nextPostcode(outward: string): { postcode: string; left: number } {
    const used = this.codesUsed.get(outward) ?? this.random.int(0, CODES - 1);
    this.codesUsed.set(outward, used + 1);
    const code = (used * 1237 + outward.length * 611) % CODES;
    const letter = (n: number) => LETTERS[n % LETTERS.length];
    const inward = `${code % 10}${letter(Math.floor(code / 10))}${letter(Math.floor(code / 200))}`;
    return { postcode: `${outward} ${inward}`, left: this.random.int(8, 22) };
  }

  /** 999… is no authority's range (BS 7666 custodians start lower), so no made-up property is a true one. */
  private nextUprn(): string {
    this.properties++;
    return `999${String((this.properties * 387_420_489) % 1_000_000_000).padStart(9, '0')}`;
  }
}
