import { describe, expect, it } from '@jest/globals';
import { AGENCIES } from '#contracts';
import { allRights, type Right } from './rights.js';

const rights = allRights();
const covers = (right: Right, name: string) =>
  right.match === 'exact' ? right.name === name : name.startsWith(right.name);
const may = (principal: string, action: 'read' | 'write', topic: string) =>
  rights.some(
    (right) => right.principal === principal && right.on === 'topic' && right.may === action && covers(right, topic),
  );

describe('rights on the broker', () => {
  it('let an agency write only its feeds and acknowledgements, and read only what is addressed to it', () => {
    for (const { id } of AGENCIES)
      for (const { id: other } of AGENCIES)
        for (const [family, action] of [
          ['feeds', 'write'],
          ['acks', 'write'],
          ['receipts', 'read'],
          ['disclosures', 'read'],
          ['history-requests', 'read'],
        ] as const) {
          expect(may(id, action, `${family}.${other}`)).toBe(id === other);
          expect(may(id, action === 'read' ? 'write' : 'read', `${family}.${other}`)).toBe(false);
        }
  });

  it('keep an agency from every internal topic, and from groups that are not its own', () => {
    for (const { id } of AGENCIES) {
      expect(may(id, 'read', 'records.accepted') || may(id, 'write', 'decisions.taken')).toBe(false);
      const groups = rights.filter((right) => right.principal === id && right.on === 'group');
      expect(groups.map(({ name }) => name)).toEqual([`${id}.`]);
      expect(rights.some((right) => right.principal === id && right.on === 'cluster')).toBe(false);
    }
  });

  it('let only ingest read feeds, and only disclosure write to recipients', () => {
    expect(['ingest', 'matching', 'portal', 'disclosure'].filter((app) => may(app, 'read', 'feeds.ashfield'))).toEqual([
      'ingest',
    ]);
    expect(
      ['ingest', 'matching', 'portal', 'disclosure'].filter((app) => may(app, 'write', 'disclosures.police')),
    ).toEqual(['disclosure']);
  });
});
