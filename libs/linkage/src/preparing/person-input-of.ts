import type { PersonInput } from '../person-input.js';

/** A person block of a feed, as far as linkage reads it. */
export interface PersonBlockLike {
  surname?: string | undefined;
  forenames?: string[] | undefined;
  aliases?: { surname?: string | undefined; forenames?: string[] | undefined }[] | undefined;
  dateOfBirth?: string | undefined;
  sex?: string | undefined;
  nhsNumber?: string | undefined;
  niNumber?: string | undefined;
  telephones?: string[] | undefined;
  emails?: string[] | undefined;
  addresses?:
    | {
        lines?: string[] | undefined;
        town?: string | undefined;
        postcode?: string | undefined;
        uprn?: string | undefined;
        type?: string | undefined;
      }[]
    | undefined;
}

/** The person block of any feed as input to linkage: absent lists become empty ones, aliases follow the main name. */
export function personInputOf(person: PersonBlockLike): PersonInput {
  const names = [person, ...(person.aliases ?? [])].map(({ surname, forenames }) => ({
    ...(surname === undefined ? {} : { surname }),
    forenames: forenames ?? [],
  }));
  const { dateOfBirth, sex, nhsNumber, niNumber } = person;
  return {
    names,
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(sex === undefined ? {} : { sex }),
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    ...(niNumber === undefined ? {} : { niNumber }),
    telephones: person.telephones ?? [],
    emails: person.emails ?? [],
    addresses: (person.addresses ?? []).map(({ lines, town, postcode, uprn, type }) => ({
      lines: lines ?? [],
      ...(town === undefined ? {} : { town }),
      ...(postcode === undefined ? {} : { postcode }),
      ...(uprn === undefined ? {} : { uprn }),
      ...(type === undefined ? {} : { type }),
    })),
  };
}
