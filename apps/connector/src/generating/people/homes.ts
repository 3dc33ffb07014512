import { addDays, dayNumber, earlier, later, type IsoDate } from '../dates.js';
import type { Address, Home, Household, Person } from './person.js';
import type { World } from './world.js';

/** Recent addresses that others moved out of: one in seven movers had one of these before. */
const RECENT = 300;

/** Gives every member where they live and, for those who moved in living memory, where they lived before. */
export class Removals {
  private readonly recent: Address[] = [];

  constructor(private readonly world: World) {}

  settle(household: Household): void {
    const { members, since, address } = household;
    const together = household.kind !== 'hmo';
    const before = together ? this.before(household, since) : [];
    for (const member of members) {
      const own = together ? before : this.before(household, since);
      member.homes = [...own, { address, from: since, to: null }].filter((home) => !home.to || home.to > member.born);
      const first = member.homes[0] as Home;
      first.from = later(first.from, member.born);
      member.homes[0] = first;
    }
    this.remember(address);
  }

  /** One who left: lived in the family's home until that day (or all the time before), and in another since. */
  moveOut(person: Person, from: Household, on: IsoDate, to: Household): void {
    const shared = { address: from.address, from: earlier(from.since, addDays(on, -200)), to: on };
    person.homes = [shared, { address: to.address, from: on, to: null }];
  }

  private before({ district }: Household, since: IsoDate): Home[] {
    const { random, asOf } = this.world;
    const yearsAgo = (dayNumber(asOf) - dayNumber(since)) / 365;
    if (yearsAgo > 20 || !random.chance(0.85)) return [];
    const homes: Home[] = [];
    let to = since;
    for (let i = 0; i < (random.chance(0.35) ? 2 : 1); i++) {
      const from = addDays(to, -random.int(200, 2600));
      homes.unshift({ address: this.previousAddress(district), from, to });
      to = from;
    }
    return homes;
  }

  private previousAddress(district: string): Address {
    const { random, addresses } = this.world;
    const used = this.recent.filter((address) => address.district === district);
    if (used.length > 0 && random.chance(0.15)) return random.pick(used);
    return addresses.take(random.chance(0.8) ? district : random.pick(['nottingham-city', 'ashfield', 'mansfield']));
  }

  private remember(address: Address): void {
    this.recent.push(address);
    if (this.recent.length > RECENT) this.recent.shift();
  }
}
