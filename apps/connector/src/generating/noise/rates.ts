import { readFileSync } from 'node:fs';

/** How often agencies' records err, each a share of 1; `poor` is for people named in passing by someone else,
 * `careful` for those whose details are asked for because of a risk to them. */
export interface Rates {
  version: string;
  name: {
    typo: number;
    /** Of those whose forename has a short form; about one record in ten over all. */
    nickname: number;
    /** Of those whose name is spelt in several ways. */
    otherSpelling: number;
    /** Of those whose tradition's names do not fit the boxes of a form. */
    customVariant: number;
    swapped: number;
    upperCaseSurname: number;
    withoutAccents: number;
    oldSurname: number;
    titleMissing: number;
    middleKept: number;
    middleInitial: number;
  };
  birth: { missing: number; wrongDigit: number; swapped: number; firstJanuary: number; yearOnly: number };
  sex: { missing: number; wrong: number };
  address: {
    noPostcode: number;
    outOfDate: number;
    typo: number;
    noTown: number;
    previousListed: number;
    datesListed: number;
  };
  careful: { birthMissing: number; previousListed: number };
  poor: { birthMissing: number; yearOnly: number; noAddress: number };
}

export const RATES = JSON.parse(readFileSync(new URL('./rates.json', import.meta.url), 'utf8')) as Rates;
