import { readFileSync } from 'node:fs';
import type { Tradition } from '../../people/person.js';
import { places } from '../../people/places.js';
import type { Random } from '../../random.js';
import { Chooser } from '../chooser.js';
import type { Dwelling } from './resident.js';
import { Streets } from './streets.js';

const elsewhere = JSON.parse(readFileSync(new URL('./places-elsewhere.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
/** Recent dwellings of a town that somebody may turn out to have lived in before. */
const RECENT = 60;

/** A town of the county, or the part of it with one outward code. */
export interface Town {
  name: string;
  outward: string;
  inCounty: boolean;
  traditions: Chooser<Tradition>;
  streets: Streets;
  recent: Dwelling[];
}

/** The county's towns, and those elsewhere that people come from. */
export class Towns {
  private readonly county: Chooser<Town>;
  private readonly elsewhere: Town[];
  private readonly byOutward = new Map<string, Town>();

  constructor(private readonly random: Random) {
    const towns: [Town, number][] = [];
    for (const { share, diversity, outward } of Object.values(places.districts)) {
      const codes = Object.entries(outward);
      for (const [code, name] of codes)
        towns.push([this.town(name, code, true, diversity, towns), share / codes.length]);
    }
    this.county = new Chooser(towns);
    for (const [town] of towns) this.byOutward.set(town.outward, town);
    this.elsewhere = Object.entries(elsewhere).map(([code, name]) => this.town(name, code, false, 1));
  }

  /** A town of the county, by its people. */
  pick(): Town {
    return this.county.pick(this.random);
  }

  /** The town a dwelling lies in. */
  near(home: Dwelling): Town {
    return this.byOutward.get(home.outward) ?? this.pick();
  }

  /** A dwelling nobody was given yet. */
  dwelling(town: Town): Dwelling {
    const { name, outward, inCounty, recent } = town;
    const made: Dwelling = { ...town.streets.next(), town: name, outward, inCounty };
    if (recent.length < RECENT) recent.push(made);
    else recent[this.random.int(0, RECENT - 1)] = made;
    return made;
  }

  /**
   * Where someone who lives in `home` lived before: one in five elsewhere in the country, most of the others nearby, and
   * mostly where somebody else lives now.
   */
  earlier(home: Dwelling): Dwelling {
    const { random } = this;
    if (random.chance(0.2)) return this.dwelling(random.pick(this.elsewhere));
    const town = random.chance(0.65) ? this.near(home) : this.pick();
    const taken = town.recent.length > 0 && random.chance(0.7) ? random.pick(town.recent) : undefined;
    return taken && taken !== home ? taken : this.dwelling(town);
  }

  /** One outward code may lie in two districts (NG5 in Nottingham and in Gedling); its postcodes are given out once. */
  private town(
    name: string,
    outward: string,
    inCounty: boolean,
    diversity: number,
    others: [Town, number][] = [],
  ): Town {
    const shares = Object.entries(places.traditions) as [Tradition, number][];
    const traditions = new Chooser(
      shares.map(([key, share]) => [key, share * (key === 'british' ? 1 : diversity)] as const),
    );
    const same = others.find(([town]) => town.outward === outward)?.[0];
    const streets = same?.streets ?? new Streets(this.random, outward);
    return { name, outward, inCounty, traditions, streets, recent: [] };
  }
}
