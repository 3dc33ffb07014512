import { describe, expect, it } from '@jest/globals';
import type { OpenedRecord } from '../reading/record-reader.js';
import { SubjectDirectory } from './subject-directory.js';
import type { SubjectRef } from './subjects.repository.js';

const subject = (id: string): SubjectRef => ({
  id,
  recordId: `record-${id}`,
  part: 'person',
  role: 'victim',
  agency: 'womens-aid',
  feed: 'dv-service',
  createdAt: new Date(0),
});
const record = (id: string): OpenedRecord => ({
  id: `record-${id}`,
  agency: 'womens-aid',
  feed: 'dv-service',
  earlierIds: [],
  row: { recordRef: id },
  people: [{ part: 'person', role: 'victim', person: { surname: 'Invented', forenames: [id] } }],
});

describe('the subjects in memory', () => {
  it('an older look at the database that comes back late does not forget a newer subject', async () => {
    const stored = [subject('first')];
    let looks = 0;
    const subjects = {
      async open() {
        const seen = [...stored];
        await new Promise((resolve) => setTimeout(resolve, looks++ === 0 ? 40 : 1));
        return seen;
      },
    };
    const directory = new SubjectDirectory({} as never, subjects as never, { read: async () => [] } as never);
    const slow = directory.refresh([record('first')]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    stored.push(subject('second'));
    await directory.refresh([record('second')]);
    await slow;
    expect(directory.get('second')).toBeDefined();
    expect(directory.get('first')).toBeDefined();
  });

  it('a look that fails does not stop the next one', async () => {
    let looks = 0;
    const subjects = {
      async open() {
        if (looks++ === 0) throw new Error('database away');
        return [subject('first')];
      },
    };
    const directory = new SubjectDirectory({} as never, subjects as never, { read: async () => [] } as never);
    await expect(directory.refresh()).rejects.toThrow('database away');
    await directory.refresh([record('first')]);
    expect(directory.size).toBe(1);
  });
});
