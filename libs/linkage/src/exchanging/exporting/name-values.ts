import type { Exporting } from './exporting.js';
import type { NameData } from './name-data.js';
import { type NameTables, type Word, wordSql } from './name-tables-sql.js';
import { type NameColumns, NameWords } from './name-words.js';
import type { Value } from './cleaned.js';

/** A word of a name, on both sides, with what is made of it. */
export interface NameValue extends Value {
  left: Word;
  right: Word;
}

export interface NameValues {
  given: NameValue;
  surname: NameValue;
  /** List of the further words; null where no row has any. */
  further: Value | null;
  /** List of the given names after the first; null where no row has any. */
  middle: Value | null;
}

/** What a name comparison's conditions speak of: expressions over the raw columns, or columns made beforehand. */
export function nameValues(
  { dialect, cleaned }: Exporting,
  prefix: string,
  columns: NameColumns,
  tables: NameTables,
  data: NameData | null,
): NameValues {
  const words = new NameWords(dialect, columns);
  const made = (part: 'given' | 'surname'): NameValue => {
    const name = `mash_${prefix}_${part}`;
    const value = words.word(cleaned, name, part);
    const of = (key: keyof Word): Value =>
      cleaned.from(`${name}_${key}`, value, (text) => wordSql(dialect, tables, text)[key]);
    const [sound, letters, fulls] = [of('sound'), of('letters'), of('fulls')];
    const side = (at: 'l' | 'r'): Word => ({
      text: value[at],
      sound: sound[at],
      letters: letters[at],
      fulls: fulls[at],
    });
    return { ...value, left: side('l'), right: side('r') };
  };
  const hasFurther = cleaned.prepared && (data?.furtherWords ?? true);
  return {
    given: made('given'),
    surname: made('surname'),
    further: hasFurther ? words.further(cleaned, `mash_${prefix}_further`) : null,
    middle: hasFurther ? words.middle(cleaned, `mash_${prefix}_middle`) : null,
  };
}
