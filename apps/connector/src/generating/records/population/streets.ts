import type { Random } from '../../random.js';

/** Letters Royal Mail uses in the last two places of a postcode (PAF Programmers' Guide). */
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';
const UNITS = LETTERS.length * LETTERS.length;
/** Streets of a town that fill up at the same time; neighbours in the file's making are not neighbours in the street. */
const OPEN = 8;

const HEADS =
  'Otter Lark Quill Marl Thistle Fern Oxlip Bramble Cinder Dapple Ember Fox Gorse Hob Ink Juniper Kestrel Lantern Mistle Nettle Owl Pebble Quince Rook Saddle Tansy Umber Velvet Wren Yarrow Acorn Bellow Copper Drizzle Elder Flint Goose Hazel Ivory Jack'.split(
    ' ',
  );
const TAILS =
  'badge spindle fen beck drum whistle gate combe wick mere holt glimmer thorn nettle berry ling by well moss barrow marsh pool feather ford moor hollow dean pike frith whin thrift water ferry shaw side croft'.split(
    ' ',
  );
const KINDS = 'Road Street Close Avenue Drive Lane Crescent Grove Way Court Gardens Terrace Rise View Walk Place'.split(
  ' ',
);
const HOUSES = 'Rose Ivy Orchard Mill Brook Hill Meadow Willow Forge Chapel Holly Stable'.split(' ');
const NAMES = HEADS.flatMap((head) => TAILS.map((tail) => head + tail));

export interface Door {
  address: string;
  postcode: string;
}

interface Street {
  name: string;
  length: number;
  number: number;
  step: number;
  flats: number;
  sector: number;
  postcode: string;
  /** Doors left before the next postcode. */
  left: number;
}

/** The streets of one outward code. About 15 doors to a postcode; the postcodes of a street follow one another. */
export class Streets {
  private readonly open: Street[] = [];
  private readonly units = new Int32Array(10);

  constructor(
    private readonly random: Random,
    private readonly outward: string,
  ) {
    for (let sector = 0; sector < 10; sector++) this.units[sector] = random.int(0, UNITS - 1);
  }

  /** A door nobody was given yet. */
  next(): Door {
    const { random, open } = this;
    const at = random.int(0, OPEN - 1);
    const street = (open[at] ??= this.newStreet());
    if (--street.left < 0) this.nextPostcode(street);
    const address = this.door(street);
    if (street.number >= street.length) delete open[at];
    return { address, postcode: street.postcode };
  }

  private door(street: Street): string {
    const { random } = this;
    // A block fills up flat by flat before the street goes on.
    if (street.flats > 0) return `Flat ${street.flats--}, ${street.number} ${street.name}`;
    street.number += random.chance(0.7) ? street.step : 2;
    if (random.chance(0.018)) {
      street.flats = random.int(3, 11);
      return `Flat ${street.flats + 1}, ${street.number} ${street.name}`;
    }
    if (random.chance(0.015)) return `${random.pick(HOUSES)} ${random.pick(['Cottage', 'House'])}, ${street.name}`;
    return `${street.number}${random.chance(0.02) ? random.pick(['a', 'b']) : ''} ${street.name}`;
  }

  private newStreet(): Street {
    const { random } = this;
    const name = `${random.pickRanked(NAMES, 40)} ${random.pickRanked(KINDS, 5)}`;
    const length = random.int(12, random.chance(0.2) ? 180 : 70);
    const street = { name, length, number: 0, step: random.int(1, 2), flats: 0, sector: random.int(0, 9) };
    return this.nextPostcode({ ...street, postcode: '', left: 0 });
  }

  private nextPostcode(street: Street): Street {
    const unit = (this.units[street.sector] as number) % UNITS;
    this.units[street.sector] = unit + 1;
    const letters = `${LETTERS[Math.floor(unit / LETTERS.length)]}${LETTERS[unit % LETTERS.length]}`;
    street.postcode = `${this.outward} ${street.sector}${letters}`;
    street.left = this.random.int(7, 22);
    return street;
  }
}
