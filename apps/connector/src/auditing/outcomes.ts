import type { Exported } from './exporting.js';
import type { Verified } from './verifying.js';

const SHOWN = 20;

/** What a verification found, for reading. `keyGiven`: whether the key came from the user or from the log itself. */
export function verifiedInWords(verified: Verified, name: string, keyGiven: boolean): string {
  if (!verified.ok) return `${problemsInWords(verified, name)}${keyInWords(keyGiven)}`;
  const { origin, size, root, since } = verified;
  return [
    `The log is intact: ${name}`,
    `  log      ${origin}`,
    `  entries  ${counted(size ?? 0)}, each one where it was logged`,
    `  root     ${root}, signed by the log's key`,
    ...(since === null ? [] : [`  history  continues the older checkpoint of ${counted(since)} entries`]),
    keyInWords(keyGiven),
  ].join('\n');
}

export function exportedInWords(exported: Exported, keyGiven: boolean): string {
  const kept = exported.ok ? '' : 'The copy is kept as it is: it shows what the hub served.\n';
  return `Written to ${exported.folder}: ${counted(exported.files)} files.\n${verifiedInWords(exported, exported.folder, keyGiven)}${kept}`;
}

function problemsInWords({ problems }: Verified, name: string): string {
  const count = problems.length === 1 ? 'One problem' : `${counted(problems.length)} problems`;
  const more = problems.length > SHOWN ? [`  … and ${counted(problems.length - SHOWN)} more (--json lists them)`] : [];
  return [
    `THE LOG IS NOT INTACT: ${name}`,
    `${count}:`,
    ...problems.slice(0, SHOWN).map(({ where, what }) => `  ${where}  ${what}`),
    ...more,
    '',
  ].join('\n');
}

function keyInWords(keyGiven: boolean): string {
  if (keyGiven) return 'Checked with the key that was given.\n';
  return (
    "Checked with the log's own key (key.vkey): that shows that it agrees with itself.\n" +
    "To know that it is the hub's, give the key you were told on another way: --key KEY\n"
  );
}

function counted(n: number): string {
  return n.toLocaleString('en-GB');
}
