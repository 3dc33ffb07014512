import type { FeedName } from '#contracts';
import { agreeableFields } from '#platform';

/** A field as a form and a list show it. */
export interface FieldWords {
  name: string;
  text: string;
  /** part of every agreement for the feed */
  always: boolean;
  agreed: boolean;
}

const SPECIAL: Record<string, string> = {
  nhsNumber: 'NHS number',
  niNumber: 'National Insurance number',
  uprn: 'UPRN',
  dashScore: 'DASH score',
  imrNeeded: 'IMR needed',
  previousMarac: 'Previous MARAC',
};

/** A feed's fields in words, the person's and the feed's own apart. @param fields what is agreed; null: all of them */
export function fieldsInWords(
  feed: FeedName,
  fields: readonly string[] | null,
): { person: FieldWords[]; own: FieldWords[] } {
  const all = agreeableFields(feed).map(({ name, always }) => ({
    name,
    always,
    text: inWords(name.split('.').at(-1)!),
    agreed: always || fields === null || fields.includes(name),
  }));
  const ofPerson = ({ name }: FieldWords) => name.startsWith('person.');
  return { person: all.filter(ofPerson), own: all.filter((field) => !ofPerson(field)) };
}

function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return SPECIAL[name] ?? words.charAt(0).toUpperCase() + words.slice(1).replace(/ ref$/, ' reference');
}
