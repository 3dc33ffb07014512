import { describe, expect, it } from '@jest/globals';
import { eventSchemas } from '#contracts';
import { subjectId, userOf } from './user-of.js';

const claims = (sub: string) => ({ sub, iss: 'https://identity.example', aud: 'portal', iat: 0, exp: 0 });

describe('the subject an identity provider names', () => {
  it('stands as it is where it is an id', () => {
    expect(subjectId('coordinator-1')).toBe('coordinator-1');
  });

  it('of other characters or too long becomes a stable id that events and the audit take', () => {
    for (const sub of ['auth0|5f7c8ec7', 'a.person@police.example', '-dash-first', '_x', 'é', 'x'.repeat(65)]) {
      const id = subjectId(sub);
      expect(id).toBe(subjectId(sub));
      const asked = { kind: 'marac', meetingId: 'm', requestedBy: userOf(claims(sub)).id };
      expect(eventSchemas['packs.requested'].safeParse(asked).success).toBe(true);
      expect(id).not.toContain('police');
    }
  });

  it('two long ones that begin alike are two, and nobody can be named what another was mapped to', () => {
    expect(subjectId(`${'x'.repeat(64)}1`)).not.toBe(subjectId(`${'x'.repeat(64)}2`));
    const mapped = subjectId('auth0|5f7c8ec7');
    expect(subjectId(mapped)).not.toBe(mapped);
  });

  it('keeps the roles the hub knows', () => {
    expect(userOf({ ...claims('a-1'), name: 'Ann Sample', roles: ['analyst', 'king'], agency: 'mash' })).toEqual({
      id: 'a-1',
      name: 'Ann Sample',
      roles: ['analyst'],
      agency: 'mash',
    });
  });
});
