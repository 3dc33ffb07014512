import type { Random } from '../random.js';
import { folded } from '../names/spelling.js';

/** Two-letter starts that are in ordinary use. The numbers made from them are invented: counted, not copied. */
const NI_PREFIXES = 'AB AE AH AK AL AM AP AR AS AT AW AX AY AZ BA BB BE BH BK BL BM BT'.split(' ');
const MAIL = ['example.com', 'example.org', 'example.net', 'post.example', 'mail.example'];

/** The tenth digit of an NHS number, or null where modulus 11 gives 10 (NHS Data Dictionary, "NHS NUMBER"). */
export function checkDigit(nine: string): number | null {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(nine[i]) * (10 - i);
  const digit = 11 - (sum % 11);
  return digit === 10 ? null : digit % 11;
}

/** Gives out identifiers, each once; a counter scattered by a step that shares no factor with the size of the range. */
export class Identifiers {
  private nhs = 0;
  private ni = 0;

  /** In the range 999 000 0000 to 999 999 9999, which the NHS keeps for tests. Undefined once the range is used up. */
  nhsNumber(): string | undefined {
    while (this.nhs < 1_000_000) {
      const nine = `999${String((this.nhs++ * 618_033 + 271_828) % 1_000_000).padStart(6, '0')}`;
      const digit = checkDigit(nine);
      if (digit !== null) return nine + digit;
    }
    return undefined;
  }

  niNumber(): string {
    const n = this.ni++;
    const digits = String((n * 314_159 + 141_421) % 1_000_000).padStart(6, '0');
    const prefix = NI_PREFIXES[(n + Math.floor(n / 1_000_000)) % NI_PREFIXES.length];
    return `${prefix}${digits}${'ABCD'[n % 4]}`;
  }
}

/** A number from Ofcom's ranges for drama: a thousand each, so in a large county people share them by chance. */
export function mobileNumber(random: Random): string {
  return `07700 900${random.digits(3)}`;
}

/** As mobileNumber, for Nottingham. */
export function landlineNumber(random: Random): string {
  return `0115 496 0${random.digits(3)}`;
}

/** At a domain kept for examples (RFC 2606). */
export function emailAddress(random: Random, forename: string, surname: string, birthYear: string): string {
  const clean = (text: string) =>
    folded(text)
      .toLowerCase()
      .replace(/[^a-z]/g, '');
  const [first, last] = [clean(forename), clean(surname)];
  const local = random.pick([
    `${first}.${last}`,
    `${first}${last}${birthYear.slice(2)}`,
    `${first[0]}${last}${random.int(1, 99)}`,
    `${first}.${last}${random.int(1, 999)}`,
  ]);
  return `${local}@${random.pick(MAIL)}`;
}
