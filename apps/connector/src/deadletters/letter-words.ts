import Table from 'cli-table3';
import { printable } from '../telling.js';
import type { Letter } from './operator-hub.js';

/** Letters as a table for people. Never what stands in a message: the hub does not tell it. */
export function letterTable(letters: readonly Letter[]): string[] {
  if (letters.length === 0) return ['No dead letters wait.'];
  const table = new Table({
    head: ['Id', 'Service', 'Topic', 'Reason', 'Tries', 'First', 'Last', 'State'],
    style: { head: [], border: [] },
  });
  for (const letter of letters)
    table.push([
      letter.id,
      letter.service,
      printable(letter.topic),
      printable(letter.reason),
      letter.attempts,
      time(letter.firstAt),
      time(letter.lastAt),
      letter.state,
    ]);
  const count = letters.length === 1 ? '1 dead letter' : `${letters.length} dead letters`;
  return [table.toString(), `${count}. Put right what is wrong, then: mash deadletter retry ID … (or --all)`];
}

/** One letter, a line each. */
export function letterLines(letter: Letter): string[] {
  const place =
    letter.partition === -1
      ? `to be sent to ${letter.topic}; the broker would not take it (outbox ${letter.offset})`
      : `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`;
  return [
    `Dead letter  ${letter.id}`,
    `Service      ${letter.service}`,
    `Message      ${printable(place)}${letter.key ? `, key ${printable(letter.key)}` : ''}`,
    `State        ${letter.state}`,
    `Reason       ${printable(letter.reason)}`,
    `Tries        ${letter.attempts}, from ${time(letter.firstAt)} to ${time(letter.lastAt)}`,
    `Size         ${letter.size} bytes${letter.kept ? '' : ', not kept'}, SHA-256 ${letter.digest}`,
    ...(letter.event ? [`Event        ${printable(JSON.stringify(letter.event))}`] : []),
  ];
}

function time(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
