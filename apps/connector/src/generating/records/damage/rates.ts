import { readFileSync } from 'node:fs';

/** How records come about in a kind of population. */
export interface KindOfPopulation {
  /** Weights of how often someone is seen: never, once, and each further time as a share of the one before. */
  sightings: { none: number; first: number; again: number; most: number };
  /** Shares of records kept so well or badly, and how many times the usual share of errors they have. */
  care: Record<'well' | 'usually' | 'badly', { share: number; times: number }>;
  /** Share of records from before a move or wedding. */
  early: number;
}

/** Shares of records, each of 1, before `care` multiplies those that are errors. */
export interface Rates {
  version: string;
  usual: KindOfPopulation;
  seenOften: KindOfPopulation;
  name: Record<
    | 'noForename'
    | 'noSurname'
    | 'noTitle'
    | 'nickname'
    | 'byMiddleName'
    | 'initialOnly'
    | 'otherSpelling'
    | 'customVariant'
    | 'otherAlias'
    | 'oldSurname'
    | 'earlySurname'
    | 'forenameTypo'
    | 'surnameTypo'
    | 'swapped'
    | 'middleWithForename'
    | 'withoutAccents'
    | 'middleKept'
    | 'middleInitial'
    | 'baby',
    number
  >;
  birth: Record<
    'missing' | 'firstJanuary' | 'defaultDate' | 'partial' | 'swapped' | 'digit' | 'transposed' | 'nearYear' | 'dayOff',
    number
  >;
  sex: Record<'missing' | 'wrong', number>;
  place: Record<
    | 'nowhere'
    | 'noAddress'
    | 'noTown'
    | 'otherTown'
    | 'noPostcode'
    | 'postcodeTypo'
    | 'postcodeNeighbour'
    | 'postcodePart'
    | 'addressTypo'
    | 'number'
    | 'noFlat'
    | 'lateOldAddress',
    number
  >;
  contact: Record<
    'phone' | 'landline' | 'phoneDigit' | 'oldPhone' | 'email' | 'emailTypo' | 'oldEmail' | 'nhsNumber',
    number
  >;
}

export const RATES = JSON.parse(readFileSync(new URL('./rates.json', import.meta.url), 'utf8')) as Rates;
