import { HubError } from '#contracts';
import type { CheckedFile } from '../checking/check-file.js';

/**
 * An export that went wrong is empty too, and a full submission of nothing ends all the hub holds of the feed. One in which not a
 * single row is good is the wrong file, or one read with the wrong columns.
 * @throws HubError `usage` for a file without rows, `no_good_row` for one without a good row: exit code 3, as `mash feed check` says that the hub would take nothing
 */
export function refuseNothing(file: string, checked: CheckedFile, mode: 'full' | 'delta', empty = false): void {
  if (checked.rows === 0) {
    if (mode === 'full' && empty) return;
    throw new HubError(
      'usage',
      mode === 'full'
        ? `${file} has no rows to send. If that is meant (it ends all earlier rows), add --empty.`
        : `${file} has no rows to send.`,
    );
  }
  if (checked.accepted > 0) return;
  throw new HubError(
    'no_good_row',
    `Nothing was sent: not one of the ${checked.rows} rows of ${file} is good. Is it the right file and feed, and are its columns read rightly? "mash feed check" shows what is wrong; --mapping names the columns.`,
    { status: 422 },
  );
}
