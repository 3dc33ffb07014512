import type { NameFrequencies } from '#linkage';
import type { TableRead } from '../reading/read-table.js';
import { idsFromColumn, idsFromRowNumbers, type RowIds } from '../reading/row-ids.js';
import { nameSenseOf } from '../recognising/name-sense.js';
import { recognise } from '../recognising/recognise.js';
import { idColumn } from '../settings/sides.js';
import type { SettingsFile } from '../settings/settings-file.js';

/** What rows are called: by the settings' column, by the one recognised where there are no settings, else by number. */
export function availableIds(
  read: TableRead,
  type: 'dedupe' | 'link',
  settings: SettingsFile | null,
  names: NameFrequencies,
): RowIds {
  const id = settings?.comparisons ? (settings.id ?? null) : recognise(read, type, nameSenseOf(names), settings?.id).id;
  return id === null ? idsFromRowNumbers(read, type) : idsFromColumn(read, idColumn(id, read), type);
}
