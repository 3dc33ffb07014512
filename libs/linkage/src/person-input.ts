/** One postal address as a feed gives it; `type` is current, previous, forwarding or mailing. */
export interface AddressInput {
  lines: string[];
  town?: string;
  postcode?: string;
  uprn?: string;
  type?: string;
}

/** What linkage needs of a person block. `names[0]` is the main name, the rest are aliases. */
export interface PersonInput {
  names: { surname?: string; forenames: string[] }[];
  /** ISO, full (1990-04-02) or partial (1990-04, 1990). */
  dateOfBirth?: string;
  sex?: string;
  nhsNumber?: string;
  niNumber?: string;
  telephones: string[];
  emails: string[];
  addresses: AddressInput[];
}
