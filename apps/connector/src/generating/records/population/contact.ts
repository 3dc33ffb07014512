import { emailAddress, Identifiers } from '../../people/identifiers.js';
import type { Random } from '../../random.js';
import type { Dwelling, Resident } from './resident.js';

const WITH_LANDLINE = 0.5;
const WITH_EMAIL = 0.9;

/**
 * Gives out telephone numbers, e-mail addresses and NHS numbers when a record first needs them. Ofcom's numbers for drama
 * are a thousand, which a large population would share by chance; so landlines have 01632, a code that is no town's, and
 * mobile numbers begin with 072, which operators hardly use. E-mail is at names kept for examples (RFC 2606).
 */
export class Contacts {
  private readonly identifiers = new Identifiers();
  private mobiles = 0;
  private landlines = 0;

  constructor(private readonly random: Random) {}

  mobile(person: Resident): string {
    return (person.mobile ??= this.newMobile());
  }

  earlierMobile(person: Resident): string {
    return (person.earlierMobile ??= this.random.chance(0.4) ? this.newMobile() : this.mobile(person));
  }

  /** Empty where there is none. */
  landline(home: Dwelling): string {
    return (home.landline ??= this.random.chance(WITH_LANDLINE) ? this.newLandline() : '');
  }

  /** Empty for those who have none. */
  email(person: Resident): string {
    return (person.email ??= this.random.chance(WITH_EMAIL) ? this.newEmail(person) : '');
  }

  earlierEmail(person: Resident): string {
    return (person.earlierEmail ??= this.random.chance(0.3) ? this.newEmail(person) : this.email(person));
  }

  /** Undefined once the million of the test range is used up. */
  nhsNumber(person: Resident): string | undefined {
    return (person.nhsNumber ??= this.identifiers.nhsNumber());
  }

  /** Scattered by a step that shares no factor with the size of the range, so that each is given once. */
  private newMobile(): string {
    return `072${String((this.mobiles++ * 38_196_601 + 12_345_679) % 100_000_000).padStart(8, '0')}`;
  }

  private newLandline(): string {
    return `01632${String((this.landlines++ * 314_159 + 271_829) % 1_000_000).padStart(6, '0')}`;
  }

  private newEmail({ forenames, surname, birthSurname, bornOn }: Resident): string {
    // Addresses are older than many marriages.
    const name = this.random.chance(0.2) ? birthSurname : surname;
    return emailAddress(this.random, forenames[0] ?? 'me', name, bornOn.slice(0, 4));
  }
}
